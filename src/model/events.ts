/**
 * Everything that can happen, a sentence each. The event log holds these; statuses, reports and the UI derive from it.
 *
 * Inside, a quantum is its number `q` in the run's graph; {@link publicEvent} in `engine/` turns it into its id (`quantum`).
 */
import type { ErrorCode } from './error-codes.ts'
import type { JobState, RunState } from './states.ts'
import type { Json } from './value.ts'

/** A dataset's content as an attempt left it. */
export interface StoredDataset {
  /** Number of the dataset in the run's graph. */
  readonly d: number
  /** SHA-256, hex. */
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

/** What an attempt used; null where it was not measured. Seconds and bytes. */
export interface Usage {
  readonly wallSeconds: number
  readonly cpuSeconds: number | null
  readonly peakMemoryBytes: number | null
}

/** Why an attempt failed. */
export type FailureCause =
  /** The body said so: non-zero exit, exception. */
  | 'error'
  /** It ran out of memory (limit seen exceeded, or killed by the kernel's OOM killer). */
  | 'memory'
  /** It ran longer than its walltime and was ended. */
  | 'walltime'
  /** A declared output was not there afterwards, or is not what its format says. */
  | 'output'
  /** An input changed while the body read it. */
  | 'input-changed'
  /** The worker or slot was lost; not the body's fault. */
  | 'infrastructure'
  /** The store could not take the result: disk full, folder read-only. */
  | 'store'

/** How much of each state a run has. */
export interface Counts {
  readonly completed: number
  readonly reused: number
  /** Quanta whose body said that there was nothing to do. */
  readonly noWork: number
  readonly pruned: number
  readonly failed: number
  readonly blocked: number
  readonly cancelled: number
  readonly attempts: number
}

/** Events as the engine commits them; `at` (ms since 1970) is added by the store's commit. */
export type Event =
  /** A run began: which graph, on whose request, with which edits. */
  | {
      readonly event: 'RunStarted'
      readonly run: string
      readonly pipeline: string
      readonly quanta: number
      /** Digest of the saved graph file, `.heddle/graphs/DIGEST`. */
      readonly graph: string
      readonly parameters: Readonly<Record<string, Json>>
      readonly where: string | null
      readonly user: string
      readonly host: string
      readonly version: string
    }
  /** The plan holds this quantum (expanded from the graph when events are shown; never stored a quantum). */
  | { readonly event: 'QuantumPlanned'; readonly q: number; readonly action: 'run' | 'reuse' | 'blocked' }
  /** An earlier execution with the same content fingerprint stands in for this quantum; `from` is its number, and outside the name of its run. */
  | { readonly event: 'QuantumReused'; readonly q: number; readonly from: string }
  /** An attempt was handed to a site. */
  | { readonly event: 'JobSubmitted'; readonly q: number; readonly attempt: number; readonly site: string }
  /** A job moved forward. */
  | {
      readonly event: 'JobStateChanged'
      readonly q: number
      readonly attempt: number
      readonly state: JobState
      readonly native: string
    }
  /** An output is in the store. */
  | {
      readonly event: 'DatasetStored'
      readonly q: number
      readonly attempt: number
      readonly d: number
      readonly digest: string
      readonly size: number
    }
  /** A quantum is done; `noWork` when its body said there was nothing to do. */
  | {
      readonly event: 'QuantumCompleted'
      readonly q: number
      readonly attempt: number
      readonly noWork: string | null
      readonly usage: Usage
    }
  /** A quantum failed for good. */
  | {
      readonly event: 'QuantumFailed'
      readonly q: number
      readonly attempt: number
      readonly cause: FailureCause
      readonly exitCode: number | null
      readonly signal: string | null
      readonly message: string
      readonly usage: Usage | null
    }
  /** A quantum will be tried again: `attempt` is the one that just failed. */
  | {
      readonly event: 'QuantumRetried'
      readonly q: number
      readonly attempt: number
      readonly because: FailureCause
      readonly exitCode: number | null
      readonly message: string
      /** What the next attempt gets more of. */
      readonly scaled: Readonly<Record<string, number>>
    }
  /** A quantum cannot run because what it needs failed or does not exist. */
  | { readonly event: 'QuantumBlocked'; readonly q: number; readonly by: number }
  /** A quantum is not needed: too few of its inputs exist. */
  | { readonly event: 'QuantumPruned'; readonly q: number; readonly connection: string; readonly found: number; readonly minimum: number }
  /** A quantum was cancelled before it was done. */
  | { readonly event: 'QuantumCancelled'; readonly q: number; readonly attempt: number }
  /** A body said something about its work: terms with their values, or a line for people. */
  | {
      readonly event: 'Annotated'
      readonly q: number
      readonly attempt: number
      /** Terms and their values; none where it is a line for people. */
      readonly annotation: Readonly<Record<string, Json>>
      /** A line for people. */
      readonly log: string | null
    }
  /** Something a person should know that stops nothing. */
  | { readonly event: 'Warned'; readonly code: ErrorCode; readonly message: string }
  /** A slot or worker of a site was lost and is being replaced. */
  | { readonly event: 'SiteLost'; readonly site: string; readonly message: string }
  /** It is back. */
  | { readonly event: 'SiteFound'; readonly site: string }
  /** A run is over. */
  | {
      readonly event: 'RunFinished'
      readonly run: string
      readonly state: Exclude<RunState, 'running'>
      readonly counts: Counts
      readonly seconds: number
    }
