/** Makes what a site is given for one attempt: inputs staged, outputs named, the command rendered. */
import { join } from 'node:path'
import { type CommandValues, renderCommand } from '../model/command/command-template.ts'
import type { Resources } from '../model/pipeline.ts'
import type { Json } from '../model/value.ts'
import type { JobBody, JobInput, JobOutput, QuantumJob } from './job.ts'
import { messagesFile } from './messages.ts'
import type { Names } from './names.ts'
import type { Staging, WatchedFile } from './staging.ts'
import { type ConnectionFrame, datasetsOf, type TaskFrame } from './task-frame.ts'

/** What jobs of a run have in common. */
export interface JobMaker {
  readonly run: string
  readonly site: string
  readonly projectFolder: string
  /** Where outputs are left, `.heddle/tmp/RUN`. */
  readonly folder: string
  readonly names: Names
  readonly staging: Staging
  readonly exists: Uint8Array
  readonly parameters: Readonly<Record<string, Json>>
  /** Bytes that quanta which ask for no memory may use: all that the site has. */
  readonly memory: number | undefined
}

/** One attempt at one quantum. */
export interface Attempt {
  readonly q: number
  readonly attempt: number
  readonly resources: Resources
}

/** A job with what must be looked at again when it is over. */
export interface PreparedJob {
  readonly job: QuantumJob
  readonly watched: readonly WatchedFile[]
}

/** Prepares a job. Throws what staging throws. */
export function buildJob(maker: JobMaker, frame: TaskFrame, { q, attempt, resources }: Attempt): PreparedJob {
  const i = q - frame.block.first
  const dataId = maker.names.dataId(frame.block, i)
  const watched: WatchedFile[] = []
  const inputs = frame.inputs.map((connection) => jobInput(maker, frame, connection, i, watched))
  const stem = join(maker.folder, `${q}-${attempt}`)
  const outputs = frame.outputs.map((connection) => jobOutput(connection, i, stem))
  const { config, noWork } = frame.task
  const body =
    frame.command === undefined
      ? functionBody(frame)
      : renderCommand(frame.command, commandValues(maker, frame, { inputs, outputs, dataId, resources }))
  return {
    job: { q, attempt, body, noWork, inputs, outputs, config, dataId, resources, environment: environment(maker, q, attempt, resources) },
    watched,
  }
}

function jobInput(maker: JobMaker, frame: TaskFrame, connection: ConnectionFrame, i: number, watched: WatchedFile[]): JobInput {
  const asFile = frame.command !== undefined || connection.format === 'file' || connection.format === 'directory'
  const present = datasetsOf(connection.edges, i).filter((d) => maker.exists[d] === 1)
  return {
    connection: connection.name,
    format: connection.format,
    gathers: connection.edges.gathers,
    items: Array.from(present, (d) => maker.staging.item(d, connection, asFile, watched)),
    dataIds: Array.from(present, (d) => maker.names.datasetDataId(d)),
  }
}

function jobOutput(connection: ConnectionFrame, i: number, stem: string): JobOutput {
  const { edges, name, extension, format } = connection
  const count = datasetsOf(edges, i).length
  const paths = Array.from({ length: count }, (_, n) => `${stem}-${name}${edges.gathers ? `-${n}` : ''}${extension}`)
  return { connection: name, format, gathers: edges.gathers, paths }
}

function functionBody({ task }: TaskFrame): JobBody {
  if (task.body.kind === 'command') throw new Error('a command is no function')
  const { kind, module, function: name } = task.body
  return { kind, module, function: name }
}

type Parts = Pick<QuantumJob, 'inputs' | 'outputs' | 'dataId' | 'resources'>

function commandValues(maker: JobMaker, frame: TaskFrame, { inputs, outputs, dataId, resources }: Parts): CommandValues {
  const { custom, ...counted } = resources
  return {
    inputs: Object.fromEntries(
      inputs.map((input) => [
        input.connection,
        given(
          input.gathers,
          input.items.map((item) => item.path as string),
        ),
      ]),
    ),
    outputs: Object.fromEntries(outputs.map((output) => [output.connection, given(output.gathers, output.paths)])),
    config: frame.task.config,
    dataId,
    resources: Object.fromEntries(Object.entries({ ...custom, ...counted }).map(([name, amount]) => [name, amount ?? ''])),
    parameters: maker.parameters,
  }
}

/** An absent optional input is an empty word. */
function given(gathers: boolean, paths: readonly string[]): string | readonly string[] {
  return gathers ? paths : (paths[0] ?? '')
}

function environment(maker: JobMaker, q: number, attempt: number, resources: Resources): Readonly<Record<string, string>> {
  const fixed = {
    HEDDLE_RUN: maker.run,
    HEDDLE_QUANTUM: maker.names.quantum(q),
    HEDDLE_ATTEMPT: String(attempt),
    HEDDLE_SITE: maker.site,
    HEDDLE_PROJECT: maker.projectFolder,
    HEDDLE_CORES: String(resources.cores),
    HEDDLE_MESSAGES: messagesFile(maker.folder, q, attempt),
  }
  const memory = resources.memory ?? maker.memory
  return memory === undefined ? fixed : { ...fixed, HEDDLE_MEMORY_BYTES: String(memory) }
}
