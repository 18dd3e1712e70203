/** What the engine asks of the store that keeps its runs. */
import type { Event } from '../model/events.ts'
import type { Execution, ExecutionRecord } from '../model/history.ts'
import type { TaskIdentity } from '../model/plan.ts'
import type { RunState } from '../model/states.ts'
import type { Json } from '../model/value.ts'

/** What a run is asked to do, as kept with it. */
export interface RunRequest {
  readonly pipeline: string
  /** Digest of the saved graph, `.heddle/graphs/DIGEST`. */
  readonly graph: string
  /** Parameters, where, tasks, user, host, version, argv, capacity and the like. */
  readonly request: Readonly<Record<string, Json>>
  readonly tasks: readonly TaskIdentity[]
  /** Execution that stands in for each quantum since the start, or 0. */
  readonly reused: Float64Array
}

/** A run as the store numbers and names it. */
export interface RunHandle {
  readonly id: number
  readonly name: string
  readonly startedAt: number
}

/** Output of an attempt to keep. A file is moved to the store's folder of logs. */
export interface AttemptOutput {
  readonly q: number
  readonly attempt: number
  readonly text: Uint8Array | { readonly path: string }
}

/** What one turn of the engine's loop commits together. */
export interface TurnRecord {
  readonly events: readonly Event[]
  readonly executions: readonly ExecutionRecord[]
  readonly outputs: readonly AttemptOutput[]
}

/** Where a turn stands in the log. */
export interface Commit {
  readonly seq: number
  /** Milliseconds since 1970; the time of its events. */
  readonly at: number
}

/** A process that the engine started, by what tells it from later ones with the same id. */
export interface ProcessIdentity {
  readonly pid: number
  /** Clock ticks since boot. */
  readonly started: number
  readonly boot: string
}

/** A run whose engine is gone. */
export interface LeftRun {
  readonly id: number
  readonly name: string
  readonly startedAt: number
  readonly processes: readonly ProcessIdentity[]
}

/** Keeps runs, their events and what came of attempts. Every method throws `store-failed` when the disk does not take it. */
export interface RunStore {
  /** Names and records a run, with its first event made from that name, in one transaction. */
  beginRun(request: RunRequest, at: number, first: (run: string) => Event): RunHandle & Commit
  /** One transaction. The n-th execution gets the number `seq * 65536 + n`. */
  commit(run: RunHandle, turn: TurnRecord, at: number): Commit
  /** Bytes of output j of an execution, if they are kept inline. */
  inline(execution: Execution, j: number): Uint8Array | undefined
  /** Name of a run by its number. */
  runName(id: number): string
  /** Runs that still read `running`; to be asked while holding the project's lock. */
  leftRuns(): readonly LeftRun[]
  /** Closes a run that no engine will finish. */
  closeRun(id: number, state: Exclude<RunState, 'running'>, at: number): void
  processStarted(run: RunHandle, process: ProcessIdentity): void
  /** Every process of the run has ended. */
  processesEnded(run: RunHandle): void
}
