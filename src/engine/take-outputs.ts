/** Takes what a completed attempt left: looks whether every output is there, and keeps it inline or among the objects. */
import { existsSync, lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs'
import { sha256 } from '../model/canonical.ts'
import { HeddleError } from '../model/errors.ts'
import type { FailureCause, StoredDataset } from '../model/events.ts'
import type { RecordedOutput } from '../model/history.ts'
import type { FormatName } from '../model/pipeline.ts'
import type { Outcome, QuantumJob } from './job.ts'
import type { RunRepository } from './repository.ts'
import { datasetsOf, type TaskFrame } from './task-frame.ts'

/** Outputs of an attempt, kept. */
export interface TakenOutputs {
  readonly kind: 'taken'
  readonly stored: readonly StoredDataset[]
  readonly recorded: readonly RecordedOutput[]
}

/** Why outputs could not be taken. */
export interface RefusedOutputs {
  readonly kind: 'refused'
  readonly cause: FailureCause
  readonly message: string
}

/** A function's result up to this size is kept in its record. */
const MOST_INLINE_BYTES = 16 * 1024
/** A file from this size on is hashed beside the loop. */
const LARGE_BYTES = 4 * 1024 * 1024
/** A json output up to this size is read to see that it is JSON. */
const MOST_CHECKED_BYTES = 1024 * 1024

type Completed = Extract<Outcome, { kind: 'completed' }>

/** A dataset that an attempt should have left. */
interface Wanted {
  readonly d: number
  readonly name: string
  readonly format: FormatName
  readonly path: string
  readonly inline: Uint8Array | undefined
}

/** Takes the outputs; the promise is there only when something large must be read. */
export function takeOutputs(
  repository: RunRepository,
  frame: TaskFrame,
  job: QuantumJob,
  outcome: Completed,
): TakenOutputs | RefusedOutputs | Promise<TakenOutputs | RefusedOutputs> {
  const wanted = wantedOutputs(frame, job, outcome)
  const stats: (Stats | undefined)[] = []
  for (const each of wanted) {
    if (each.inline !== undefined) {
      stats.push(undefined)
      continue
    }
    const stat = lstatSync(each.path, { throwIfNoEntry: false })
    const fault = faultOf(each, stat)
    if (fault !== undefined) return { kind: 'refused', cause: 'output', message: fault }
    stats.push(stat)
  }
  if (!stats.some((stat) => stat?.isFile() === true && stat.size >= LARGE_BYTES)) return guarded(() => keepAll(repository, wanted, []))
  return hashLarge(repository, wanted, stats)
}

async function hashLarge(
  repository: RunRepository,
  wanted: readonly Wanted[],
  stats: readonly (Stats | undefined)[],
): Promise<TakenOutputs | RefusedOutputs> {
  const known = await Promise.all(
    wanted.map(async (each, n) => {
      const stat = stats[n]
      return stat?.isFile() === true && stat.size >= LARGE_BYTES ? await repository.hashSlowly(each.path) : undefined
    }),
  )
  return guarded(() => keepAll(repository, wanted, known))
}

function wantedOutputs(frame: TaskFrame, job: QuantumJob, outcome: Completed): Wanted[] {
  return frame.outputs.flatMap((connection, c) =>
    Array.from(datasetsOf(connection.edges, job.q - frame.block.first), (d, n) => ({
      d,
      name: connection.name,
      format: connection.format,
      path: job.outputs[c]?.paths[n] as string,
      inline: outcome.outputs[c]?.[n]?.inline,
    })),
  )
}

/** What is wrong with an output, in words. */
function faultOf({ name, format, path }: Wanted, stat: Stats | undefined): string | undefined {
  const kind = format === 'directory' ? 'folder' : 'file'
  if (stat === undefined) return `output ${name} was not written: a ${kind} was expected at ${path}`
  if (format === 'directory' ? !stat.isDirectory() : !stat.isFile() && !stat.isSymbolicLink()) {
    return `output ${name} is no ${kind}: ${path} is ${stat.isDirectory() ? 'a folder' : stat.isFile() ? 'a file' : 'something else'}`
  }
  if (stat.isSymbolicLink() && !existsSync(path))
    return `output ${name} is a symbolic link to nothing: ${readlinkSync(path)} does not exist`
  return format === 'json' && stat.size <= MOST_CHECKED_BYTES ? jsonFault(name, path) : undefined
}

function jsonFault(name: string, path: string): string | undefined {
  try {
    JSON.parse(readFileSync(path, 'utf8'))
    return undefined
  } catch (error) {
    return `output ${name} is not JSON: ${(error as Error).message}`
  }
}

function guarded(keep: () => TakenOutputs): TakenOutputs | RefusedOutputs {
  try {
    return keep()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (!(error instanceof HeddleError) && code === undefined) throw error
    return {
      kind: 'refused',
      cause: error instanceof HeddleError && error.code === 'file-kind' ? 'output' : 'store',
      message: (error as Error).message,
    }
  }
}

function keepAll({ objects }: RunRepository, wanted: readonly Wanted[], known: readonly (string | undefined)[]): TakenOutputs {
  const stored: StoredDataset[] = []
  const recorded: RecordedOutput[] = []
  wanted.forEach(({ d, path, inline }, n) => {
    const small = inline !== undefined && inline.length <= MOST_INLINE_BYTES
    const { digest, size } = small
      ? { digest: sha256(inline), size: inline.length }
      : inline === undefined
        ? objects.put(path, known[n])
        : objects.putBytes(inline)
    stored.push({ d, digest, size })
    recorded.push({ digest: Buffer.from(digest, 'hex'), size, inline: small ? inline : undefined })
  })
  return { kind: 'taken', stored, recorded }
}
