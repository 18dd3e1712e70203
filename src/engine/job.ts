/** What the engine hands to a site for one attempt at a quantum, and what it hears back. */
import type { FailureCause, Usage } from '../model/events.ts'
import type { FormatName, Resources } from '../model/pipeline.ts'
import type { Json } from '../model/value.ts'

/** A dataset given to a body. */
export interface InputItem {
  /** File or folder to read it from (absolute), when it is one. */
  readonly path: string | undefined
  /** Its bytes, when it is small and kept inline: exactly one of `path` and `text`/`base64` is set for function bodies; commands always get a path. */
  readonly inline: Uint8Array | undefined
}

/** A connection's inputs. */
export interface JobInput {
  readonly connection: string
  readonly format: FormatName
  /** A list for the body even if it holds one item. */
  readonly gathers: boolean
  readonly items: readonly InputItem[]
  /** Data ID of each item. */
  readonly dataIds: readonly Readonly<Record<string, Json>>[]
}

/** A connection's outputs: where the body, or its worker, must leave each (absolute paths below `.heddle/tmp`). */
export interface JobOutput {
  readonly connection: string
  readonly format: FormatName
  readonly gathers: boolean
  readonly paths: readonly string[]
}

/** What runs. Paths are absolute. */
export type JobBody =
  /** `sh` text with every value already quoted. */
  | { readonly kind: 'command'; readonly script: string }
  /** A program and its arguments, no shell between. */
  | { readonly kind: 'program'; readonly argv: readonly string[] }
  | { readonly kind: 'python'; readonly module: string; readonly function: string }
  | { readonly kind: 'typescript'; readonly module: string; readonly function: string }

/** One attempt at one quantum. */
export interface QuantumJob {
  readonly q: number
  readonly attempt: number
  readonly body: JobBody
  readonly noWork: number | undefined
  readonly inputs: readonly JobInput[]
  readonly outputs: readonly JobOutput[]
  readonly config: Readonly<Record<string, Json>>
  readonly dataId: Readonly<Record<string, Json>>
  readonly resources: Resources
  /** HEDDLE_… variables. */
  readonly environment: Readonly<Record<string, string>>
}

/** What became of an output. */
export interface ReportedOutput {
  /** Bytes, when the worker gave them back (small function results). Otherwise the file is at the path that the job named. */
  readonly inline: Uint8Array | undefined
}

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: 'completed'; readonly outputs: readonly (readonly ReportedOutput[])[] }
  | { readonly kind: 'noWork'; readonly why: string }
  | {
      readonly kind: 'failed'
      readonly cause: FailureCause
      readonly exitCode: number | null
      readonly signal: string | null
      readonly message: string
    }

/** Standard output and error of an attempt, as one text. */
export type AttemptLog =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  /** A file that is the receiver's to move. */
  | { readonly kind: 'file'; readonly path: string; readonly bytes: number }

/** What a site says about an attempt. */
export type Report =
  | { readonly kind: 'started'; readonly q: number; readonly attempt: number; readonly at: number; readonly slot: number }
  | {
      readonly kind: 'ended'
      readonly q: number
      readonly attempt: number
      readonly at: number
      readonly slot: number
      readonly outcome: Outcome
      readonly usage: Usage
      readonly log: AttemptLog
    }
  /** The attempt never began, or was swept away with a lost worker through no fault of its own: give it again, for free. */
  | { readonly kind: 'returned'; readonly q: number; readonly attempt: number }

/** Where attempts run on this machine. */
export interface LocalRun {
  /** Starts or queues attempts; reports come to the listener in batches, at most one every few ms. */
  start(jobs: readonly QuantumJob[]): void
  /** Ends attempts: TERM to the whole process group, then KILL. Each still gets its `ended` report. */
  cancel(attempts: readonly { readonly q: number; readonly attempt: number }[]): void
  /** Ends every process of this run by its kept id, waits for them, and removes temporary files of its own. */
  close(): Promise<void>
}
