/** A folder in which one quantum can be tried: its inputs, room for its outputs, and the project's files as links. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { JobBody, JobInput, JobOutput, QuantumJob } from '../../engine/job.ts'
import { namesOf } from '../../engine/names.ts'
import { parseCommand, quoteWord, renderCommand } from '../../model/command/command-template.ts'
import { HeddleError } from '../../model/errors.ts'
import { blockOf, type Edges, type QuantumGraph } from '../../model/graph.ts'
import type { DatasetType, Pipeline, Task } from '../../model/pipeline.ts'
import type { DatasetContent } from '../dataset-content.ts'
import { STORE_FOLDER } from '../project.ts'
import type { Session } from '../session.ts'
import { PACKAGE_FOLDER } from '../version.ts'

/** The folder, and the job as a run would get it. */
export interface Workbench {
  readonly folder: string
  readonly job: QuantumJob
  readonly environment: Readonly<Record<string, string>>
  remove(): void
}

/** What a workbench is made of. */
export interface WorkbenchRequest {
  readonly session: Session
  readonly graph: QuantumGraph
  readonly q: number
  readonly run: string
  readonly attempt: number
  /** Content of a dataset, or undefined when it does not exist. */
  readonly contentOf: (d: number) => DatasetContent | undefined
}

const INPUTS = 'heddle-inputs'
const OUTPUTS = 'heddle-outputs'
/** Runs the body again. */
const SCRIPT = 'heddle-run'

/** Makes the folder. */
export function openWorkbench(request: WorkbenchRequest): Workbench {
  const { session, graph, q } = request
  const { place, pipeline } = session
  const block = blockOf(graph.tasks, q)
  const task = pipeline.tasks.find(({ name }) => name === block.task)
  if (task === undefined) throw new HeddleError('unknown-task', `task ${block.task} is no longer in the pipeline`)
  const above = join(place.store, 'cache')
  mkdirSync(above, { recursive: true })
  const folder = mkdtempSync(join(above, 'debug-'))
  for (const name of readdirSync(place.folder)) if (name !== STORE_FOLDER) symlinkSync(join(place.folder, name), join(folder, name))
  for (const name of [INPUTS, OUTPUTS]) mkdirSync(join(folder, name), { recursive: true })
  const job = makeJob(request, task, folder)
  const environment = { ...job.environment, HEDDLE_PROJECT: place.folder }
  writeFileSync(join(folder, SCRIPT), `#!/bin/sh\n${scriptText(job.body, place.folder, namesOf(graph).quantum(q))}\n`)
  chmodSync(join(folder, SCRIPT), 0o755)
  return { folder, job, environment, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function makeJob({ graph, q, run, attempt, contentOf, session }: WorkbenchRequest, task: Task, folder: string): QuantumJob {
  const block = blockOf(graph.tasks, q)
  const i = q - block.first
  const names = namesOf(graph)
  const edgesOf = (isOutput: boolean): Edges[] => block.edges.filter(({ role }) => (role === 'output') === isOutput)
  const inputs = edgesOf(false).map((edges): JobInput => {
    const present = [...edges.targets.subarray(edges.offsets[i], edges.offsets[i + 1])].flatMap((d) => {
      const content = contentOf(d)
      return content === undefined ? [] : [{ d, content }]
    })
    const { format, extension } = formatOf(session.pipeline, graph, edges)
    return {
      connection: edges.connection,
      format,
      gathers: edges.gathers,
      items: present.map(({ content }, n) => ({
        path: lay(content, join(folder, INPUTS, `${edges.connection}${edges.gathers ? `-${n}` : ''}${extension}`)),
        inline: undefined,
      })),
      dataIds: present.map(({ d }) => names.datasetDataId(d)),
    }
  })
  const outputs = edgesOf(true).map((edges): JobOutput => {
    const { format, extension } = formatOf(session.pipeline, graph, edges)
    const count = (edges.offsets[i + 1] as number) - (edges.offsets[i] as number)
    const paths = Array.from({ length: count }, (_, n) =>
      join(folder, OUTPUTS, `${edges.connection}${edges.gathers ? `-${n}` : ''}${extension}`),
    )
    return { connection: edges.connection, format, gathers: edges.gathers, paths }
  })
  const dataId = names.dataId(block, i)
  const { resources } = task
  const environment = {
    HEDDLE_RUN: run,
    HEDDLE_QUANTUM: names.quantum(q),
    HEDDLE_ATTEMPT: String(attempt),
    HEDDLE_SITE: 'local',
    HEDDLE_MESSAGES: join(folder, OUTPUTS, 'heddle-messages'),
    HEDDLE_CORES: String(resources.cores),
    HEDDLE_MEMORY_BYTES: String(resources.memory ?? totalmem()),
  }
  const body = bodyOf(task, session.pipeline, { inputs, outputs, dataId })
  return { q, attempt, body, noWork: task.noWork, inputs, outputs, config: task.config, dataId, resources, environment }
}

function bodyOf(task: Task, pipeline: Pipeline, { inputs, outputs, dataId }: Pick<QuantumJob, 'inputs' | 'outputs' | 'dataId'>): JobBody {
  const { body } = task
  if (body.kind !== 'command') return { kind: body.kind, module: body.module, function: body.function }
  const { custom, ...counted } = task.resources
  const given = (gathers: boolean, paths: readonly string[]): string | readonly string[] => (gathers ? paths : (paths[0] ?? ''))
  return renderCommand(parseCommand(body.command), {
    inputs: Object.fromEntries(
      inputs.map((input) => [
        input.connection,
        given(
          input.gathers,
          input.items.map(({ path }) => path as string),
        ),
      ]),
    ),
    outputs: Object.fromEntries(outputs.map((output) => [output.connection, given(output.gathers, output.paths)])),
    config: task.config,
    dataId,
    resources: Object.fromEntries(Object.entries({ ...custom, ...counted }).map(([name, amount]) => [name, amount ?? ''])),
    parameters: pipeline.values,
  })
}

function formatOf(pipeline: Pipeline, graph: QuantumGraph, edges: Edges): { format: DatasetType['format']; extension: string } {
  const first = edges.targets[0]
  const type = pipeline.datasets.find(({ name }) => first !== undefined && name === blockOf(graph.types, first).type)
  const format = type?.format ?? 'file'
  const own = /[^/{}](\.[A-Za-z0-9]+)$/.exec(type?.path ?? '')?.[1]
  const usual = { json: '.json', csv: '.csv', text: '.txt', bytes: '.bin', file: '', directory: '' }
  return { format, extension: own ?? usual[format] }
}

function lay({ inline, path }: DatasetContent, target: string): string {
  if (inline === undefined) symlinkSync(path as string, target)
  else writeFileSync(target, inline, { mode: 0o444 })
  return target
}

function scriptText(body: JobBody, project: string, id: string): string {
  if (body.kind === 'command') return body.script
  if (body.kind === 'program') return `exec ${body.argv.map(quoteWord).join(' ')}`
  return `exec ${[join(PACKAGE_FOLDER, 'bin', 'heddle'), 'debug', '--project', project, id, '--'].map(quoteWord).join(' ')}`
}
