/** What planning decides: the graph, and for each quantum whether it runs and why. */
import type { QuantumGraph } from './graph.ts'
import type { Pipeline, Task } from './pipeline.ts'
import type { Json } from './value.ts'

/** What the identity of a task's quanta is made of, beside data IDs and inputs; kept with the run so that `why` can compare. */
export interface TaskIdentity {
  readonly task: string
  readonly config: Readonly<Record<string, Json>>
  /** Digest of what the body is. */
  readonly code: string
  /** Digest of each file or part that counts as code, for messages. */
  readonly codeParts: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
}

/** Turns inputs that exist into a quantum's identity. Pure; used by the plan ahead of time and by the engine live. */
export interface IdentityMaker {
  /**
   * Writes the {@link IDENTITY} of quantum q into `target` at `at`.
   * `digests` holds 32 bytes a dataset of the graph; a dataset whose `exists` is not 1 counts as absent.
   */
  write(q: number, digests: Uint8Array, exists: Uint8Array, target: Uint8Array, at: number): void
}

/** A plan: what would run, what is reused, and why. */
export interface Plan {
  readonly pipeline: Pipeline
  readonly graph: QuantumGraph
  /** Of each task block, in order. */
  readonly tasks: readonly Task[]
  readonly identities: readonly TaskIdentity[]
  readonly identity: IdentityMaker
  /** {@link ACTION} of each quantum. */
  readonly action: Uint8Array
  /** {@link REASON} bits of each quantum. */
  readonly reasons: Uint16Array
  /** For a reused quantum the execution that stands in; otherwise its last one, or 0. */
  readonly execution: Float64Array
  /** Identities known at plan time, 72 bytes a quantum; zeros where inputs are not there yet. */
  readonly known: Uint8Array
  /** Digest of each dataset as far as known, 32 bytes each. */
  readonly digests: Uint8Array
  /** 1: exists now (overall input, or output of a reused quantum); 0: will be made; 2: known to be absent (no work). */
  readonly exists: Uint8Array
  /** Quantum that makes a reused or to-be-run one blocked, or -1. */
  readonly blockedBy: Int32Array
  /** Things to tell: cut gathers, conditions that emptied the plan. */
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}
