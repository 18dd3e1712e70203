/** Identities of quanta as their inputs come to exist, and the earlier executions that can stand in for them. */
import type { Event } from '../model/events.ts'
import { type Execution, type ExecutionRecord, type History, IDENTITY, type RecordedOutput } from '../model/history.ts'
import type { Plan } from '../model/plan.ts'
import type { Input } from '../scheduler/inputs.ts'
import type { Contents } from './contents.ts'
import { unplaced } from './placing.ts'
import type { RunRepository } from './repository.ts'
import { datasetsOf, type TaskFrame } from './task-frame.ts'

/** What identities are worked out from. */
export interface IdentityParts {
  readonly plan: Plan
  readonly history: History
  readonly contents: Contents
  readonly repository: RunRepository
  /** 1: the dataset exists; kept by the scheduler. */
  readonly exists: Uint8Array
  readonly frameOf: (q: number) => TaskFrame
}

/** What looking for earlier executions gave. */
export interface Resolved {
  readonly inputs: readonly Input[]
  /** Datasets to put at their paths, one list a quantum. */
  readonly placings: readonly (readonly number[])[]
}

/** 72 bytes a quantum, as far as known. */
export class LiveIdentities {
  readonly #parts: IdentityParts
  readonly #bytes: Uint8Array

  constructor(parts: IdentityParts) {
    this.#parts = parts
    this.#bytes = parts.plan.known.slice()
  }

  /** Works out identities of quanta whose inputs exist, and lets earlier executions stand in. */
  resolve(quanta: readonly number[]): Resolved {
    const { plan, history, contents, exists } = this.#parts
    const open: number[] = []
    const inputs: Input[] = []
    const placings: (readonly number[])[] = []
    for (const q of quanta) {
      // The plan has looked for those that it knew the identity of.
      if (this.#isKnown(q)) {
        open.push(q)
        continue
      }
      const at = q * IDENTITY.bytes
      plan.identity.write(q, contents.digests, exists, this.#bytes, at)
      const found = plan.reusable(q, history, this.#bytes, at)
      if (found === 0) {
        open.push(q)
        continue
      }
      const outputs = this.#standIn(q, found)
      const missing = unplaced(this.#parts, outputs)
      if (missing.length > 0) {
        inputs.push({ kind: 'PlacingBegan' })
        placings.push(missing)
      }
      inputs.push({ kind: 'QuantumFoundDone', q, from: String(found), outputs })
    }
    if (open.length > 0) inputs.push({ kind: 'QuantaResolved', quanta: open })
    return { inputs, placings }
  }

  #isKnown(q: number): boolean {
    const at = q * IDENTITY.bytes
    for (let k = 0; k < 32; k++) if (this.#bytes[at + k] !== 0) return true
    return false
  }

  /** Takes over the outputs of an execution; those that exist come back. */
  #standIn(q: number, execution: Execution): number[] {
    const { history, contents, frameOf } = this.#parts
    const frame = frameOf(q)
    const outputs: number[] = []
    let slot = 0
    for (const { edges } of frame.outputs) {
      for (const d of datasetsOf(edges, q - frame.block.first)) {
        if (history.copyDigest(execution, slot++, contents.digests, d * 32)) outputs.push(d)
      }
    }
    contents.madeBy(q, execution)
    return outputs
  }

  /** What to record of the quanta that these events say are over. */
  records(events: readonly Event[], taken: ReadonlyMap<number, readonly RecordedOutput[]>): ExecutionRecord[] {
    const records: ExecutionRecord[] = []
    for (const event of events) {
      if (event.event !== 'QuantumCompleted' && event.event !== 'QuantumFailed') continue
      const { q } = event
      const identity = this.#bytes.subarray(q * IDENTITY.bytes, (q + 1) * IDENTITY.bytes)
      const kind = event.event === 'QuantumFailed' ? 'failed' : event.noWork === null ? 'completed' : 'noWork'
      const outputs = kind === 'failed' ? [] : (taken.get(q) ?? [])
      records.push({ q, kind, identity, wallSeconds: event.usage?.wallSeconds ?? 0, outputs })
    }
    return records
  }
}
