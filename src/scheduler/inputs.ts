/** What the scheduler is told (facts, in the past tense) and what it asks for (imperatives). */
import type { ErrorCode } from '../model/error-codes.ts'
import type { Counts, FailureCause, StoredDataset, Usage } from '../model/events.ts'
import type { Resources } from '../model/pipeline.ts'
import type { RunState } from '../model/states.ts'

/** Something a person should know. */
export interface Warning {
  readonly code: ErrorCode
  readonly message: string
}

/** A fact. What an attempt says that is not a quantum's present one is ignored. */
export type Input =
  /** The run may begin: everything that waits for nothing is looked at. */
  | { readonly kind: 'RunBegan' }
  /** The identities of these ready quanta are known and nothing stands in for them. */
  | { readonly kind: 'QuantaResolved'; readonly quanta: readonly number[] }
  /** An earlier execution stands in for a ready quantum; `outputs` are those that exist. */
  | { readonly kind: 'QuantumFoundDone'; readonly q: number; readonly from: string; readonly outputs: readonly number[] }
  | { readonly kind: 'AttemptStarted'; readonly q: number; readonly attempt: number; readonly slot: number }
  | {
      readonly kind: 'AttemptSucceeded'
      readonly q: number
      readonly attempt: number
      /** Why there was nothing to do; then there are no outputs. */
      readonly noWork: string | null
      readonly outputs: readonly StoredDataset[]
      readonly usage: Usage
    }
  | {
      readonly kind: 'AttemptFailed'
      readonly q: number
      readonly attempt: number
      readonly cause: FailureCause
      readonly exitCode: number | null
      readonly signal: string | null
      readonly message: string
      readonly usage: Usage | null
    }
  /** The attempt never began, or was swept away with a lost worker. */
  | { readonly kind: 'AttemptReturned'; readonly q: number; readonly attempt: number }
  /** Outputs of a quantum that is over are being put at their `path:`; the run is not over before they are. */
  | { readonly kind: 'PlacingBegan' }
  /** They are there, or `problem` says why not: then the run has failed, though nothing is lost. */
  | { readonly kind: 'PlacingEnded'; readonly warnings: readonly Warning[]; readonly problem: Warning | null }
  /** Ctrl-C once: start nothing more, let running work finish. */
  | { readonly kind: 'DrainRequested' }
  /** Ctrl-C twice: end what runs. */
  | { readonly kind: 'CancelRequested' }
  | { readonly kind: 'SiteWasLost'; readonly site: string; readonly message: string }
  | { readonly kind: 'SiteWasFound'; readonly site: string }

/** An imperative; performed after the events that came with it are committed. `ResolveQuanta` only reads and may go first. */
export type Effect =
  /** Work out the content identity of these quanta and look for an earlier execution. */
  | { readonly kind: 'ResolveQuanta'; readonly quanta: readonly number[] }
  | { readonly kind: 'StartAttempt'; readonly q: number; readonly attempt: number; readonly resources: Resources }
  | { readonly kind: 'CancelAttempt'; readonly q: number; readonly attempt: number }
  /** Nothing is left to do. */
  | { readonly kind: 'FinishRun'; readonly state: Exclude<RunState, 'running' | 'interrupted'>; readonly counts: Counts }
