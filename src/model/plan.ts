/** What planning decides: the graph, and for each quantum whether it runs and why. */
import type { ErrorCode } from './error-codes.ts'
import type { QuantumGraph } from './graph.ts'
import type { Component, Execution, History } from './history.ts'
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

/** Which parts of an identity must agree for an earlier result to stand; all of them unless `--rerun-on` chose fewer. */
export type CountingParts = readonly Component[]

/** Turns inputs that exist into a quantum's identity. Pure; used by the plan ahead of time and by the engine live. */
export interface IdentityMaker {
  /**
   * Writes the {@link IDENTITY} of quantum q into `target` at `at`.
   * `digests` holds 32 bytes a dataset of the graph; a dataset whose `exists` is not 1 counts as absent.
   */
  write(q: number, digests: Uint8Array, exists: Uint8Array, target: Uint8Array, at: number): void
  /** Writes only the content fingerprint (32 bytes): the one hash that deciding reuse needs. */
  content(q: number, digests: Uint8Array, exists: Uint8Array, target: Uint8Array, at: number): void
}

/** A plan: what would run, what is reused, and why. */
export interface Plan {
  readonly pipeline: Pipeline
  readonly graph: QuantumGraph
  /** Of each task block, in order. */
  readonly tasks: readonly Task[]
  readonly identities: readonly TaskIdentity[]
  readonly identity: IdentityMaker
  /**
   * The execution that can stand in for quantum q, whose {@link IDENTITY} is in `identity` at `at`, or 0. Heeds `--rerun-on`
   * and `--force`; the engine asks it again live, once inputs exist.
   */
  reusable(q: number, history: History, identity: Uint8Array, at: number): Execution
  /** {@link ACTION} of each quantum; `reuse` with execution 0 is a quantum whose known inputs are too few: pruned. */
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
  /** 1: a gather of this quantum, or of one before it, lost siblings to `--where`; its result does not replace a file at a `path:`. */
  readonly cut: Uint8Array
  /** Quantum that makes a reused or to-be-run one blocked, or -1. */
  readonly blockedBy: Int32Array
  /** How the join went, step by step, and what was pruned: shown when a plan is empty or surprisingly small. */
  readonly explanation: readonly string[]
  /** Things to tell: cut gathers, conditions that emptied the plan. */
  readonly warnings: readonly { readonly code: ErrorCode; readonly message: string }[]
}
