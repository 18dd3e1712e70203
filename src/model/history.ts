/** What earlier executions left, as far as plans need it. `store` implements it over packed batches. */

/** Number of an execution: sequence in the log × 65,536 + place in its batch. 0 is none. */
export type Execution = number

/** Most executions that one commit may hold. */
export const MOST_EXECUTIONS = 65536

/** Number of the n-th execution of a commit. */
export function executionNumber(seq: number, n: number): Execution {
  return seq * MOST_EXECUTIONS + n
}

/** How an attempt that is over stands in the history. */
export type ExecutionKind = 'completed' | 'noWork' | 'failed' | 'accepted'

/** Parts of a quantum's identity, 8 bytes each (the first of a SHA-256), so that a change can be named. */
export const COMPONENTS = ['code', 'config', 'inputs', 'environment'] as const
export type Component = (typeof COMPONENTS)[number]

/** Identity of one quantum's execution: 72 bytes in one buffer. */
export const IDENTITY = {
  /** Content fingerprint, 32 bytes. */
  content: 0,
  /** First 8 bytes of the SHA-256 of the quantum's id: finds its last execution. */
  key: 32,
  code: 40,
  config: 48,
  inputs: 56,
  environment: 64,
  bytes: 72,
} as const

/** An output of an execution as it is recorded. */
export interface RecordedOutput {
  /** 32 bytes; undefined: no work, the output does not exist. */
  readonly digest: Uint8Array | undefined
  readonly size: number
  /** Its bytes when small enough to be kept in the record. */
  readonly inline: Uint8Array | undefined
}

/** One outcome to record. */
export interface ExecutionRecord {
  readonly q: number
  readonly kind: ExecutionKind
  /** {@link IDENTITY.bytes} bytes. */
  readonly identity: Uint8Array
  /** Seconds, for estimates. */
  readonly wallSeconds: number
  /** In the order of the task's output connections, and of their datasets within. */
  readonly outputs: readonly RecordedOutput[]
}

/** Look-ups over all earlier runs. Buffers may be larger than what is asked for: `at` says where to read. */
export interface History {
  /** The newest execution (completed, noWork or accepted) with this content fingerprint whose outputs can still be had, of those that `fits` takes. */
  find(content: Uint8Array, at: number, fits?: (execution: Execution) => boolean): Execution
  /** The newest execution of a quantum by its key, whatever came of it. */
  latest(key: Uint8Array, at: number): Execution
  /** The newest execution of a quantum that did not fail: what its datasets hold now. */
  latestOutcome(key: Uint8Array, at: number): Execution
  kind(execution: Execution): ExecutionKind
  /** Run that it belongs to. */
  run(execution: Execution): number
  /** Number of its quantum in that run's graph. */
  quantum(execution: Execution): number
  wallSeconds(execution: Execution): number
  /** True when the part of its identity at {@link IDENTITY}[part] equals the bytes given. */
  same(execution: Execution, part: 'content' | 'key' | Component, bytes: Uint8Array, at: number): boolean
  outputs(execution: Execution): number
  /** Copies the 32-byte digest of output j; false when it does not exist (no work). */
  copyDigest(execution: Execution, j: number, target: Uint8Array, at: number): boolean
  size(execution: Execution, j: number): number
  /** True when the bytes of every output that exists can still be had. */
  available(execution: Execution): boolean
  /** True when output j can still be had, or never existed (no work). */
  outputAvailable(execution: Execution, j: number): boolean
  /** How many executions there are. */
  readonly count: number
  /** The bytes of output j if they are kept inline, else undefined (they are the object of that digest). */
  inline(execution: Execution, j: number): Uint8Array | undefined
}
