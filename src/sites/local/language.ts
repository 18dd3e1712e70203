/** How one kind of long-lived worker is started, told its jobs and understood. */
import type { AttemptLog, Outcome, QuantumJob } from '../../engine/job.ts'

/** Kinds of workers. */
export const LANGUAGES = ['shell', 'python', 'typescript'] as const
export type LanguageName = (typeof LANGUAGES)[number]

/** Files of one worker, all below the site's temporary folder. */
export interface WorkerFiles {
  /** Named pipe that it takes a token from before each job. */
  readonly tokens: string
  /** Named pipe that it writes answers to. */
  readonly reports: string
  /** Where its logs go: the file itself, or the stem of a ring of files. */
  readonly log: string
}

/** A worker's answer to one job. */
export type Answer =
  | { readonly kind: 'skipped'; readonly sequence: number }
  | {
      readonly kind: 'ended'
      readonly sequence: number
      readonly outcome: Outcome
      readonly log: AttemptLog
      /** Seconds and bytes as the worker measured them itself; undefined where it did not. */
      readonly wallSeconds: number | undefined
      readonly cpuSeconds: number | undefined
      readonly peakMemoryBytes: number | undefined
    }

/** One kind of worker. */
export interface Language {
  readonly name: LanguageName
  /** Most jobs that may be with a worker at a time. */
  readonly ahead: number
  /** How long the jobs sent ahead may take together, ms. */
  readonly aheadMs: number
  /** Where a worker reads its jobs: file descriptor 0 or 3. */
  readonly jobsAt: 0 | 3
  command(files: WorkerFiles): { readonly file: string; readonly args: readonly string[] }
  /** What the worker must read before its first job. */
  greeting(files: WorkerFiles): string
  /** The text of a job for the worker's job stream, or an outcome when the job cannot even be told. */
  tell(job: QuantumJob, sequence: number, files: WorkerFiles): string | Outcome
  understand(line: string, job: (sequence: number) => QuantumJob | undefined, files: WorkerFiles): Answer
  /** What the job left in the log when its worker died. */
  lastLog(sequence: number, files: WorkerFiles): AttemptLog
}

/** A failure with cause `error`. */
export function failure(message: string, exitCode: number | null = null, signal: string | null = null): Outcome & { kind: 'failed' } {
  return { kind: 'failed', cause: 'error', exitCode, signal, message }
}
