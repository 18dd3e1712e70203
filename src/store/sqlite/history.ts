/** Look-ups over all earlier executions: packed batches and two open-addressing tables over them. */
import type { DatabaseSync } from 'node:sqlite'
import { type Component, type Execution, type ExecutionKind, type History, IDENTITY } from '../../model/history.ts'
import type { ExecutionBatch } from './execution-batch.ts'
import { inlineReader, readBatches, type StoredBatch } from './executions.ts'
import { type Reuse, recentReuse } from './reuse.ts'

const PART = {
  content: [IDENTITY.content, 32],
  key: [IDENTITY.key, 8],
  code: [IDENTITY.code, 8],
  config: [IDENTITY.config, 8],
  inputs: [IDENTITY.inputs, 8],
  environment: [IDENTITY.environment, 8],
} as const

/** Whether the bytes of the object whose 32-byte digest stands at `at` can still be had. */
export type HasObject = (digest: Uint8Array, at: number) => boolean

/** Reads every execution there is. */
export function openHistory(database: DatabaseSync, hasObject: HasObject): History {
  return new SqliteHistory(readBatches(database), hasObject, inlineReader(database), () => recentReuse(database))
}

/** Where an execution is kept. */
interface Place {
  readonly stored: StoredBatch
  readonly batch: ExecutionBatch
  readonly i: number
}

class SqliteHistory implements History {
  readonly #batches: readonly StoredBatch[]
  readonly #bySeq = new Map<number, StoredBatch>()
  /** Number of each batch's first execution, counted from 1. */
  readonly #first = new Map<number, number>()
  readonly #hasObject: HasObject
  readonly #readInline: (seq: number, at: number, length: number) => Uint8Array | undefined
  /** Of each execution, counted from 1 in the order of the log: its batch and its place there. */
  readonly #batchOf: Uint32Array
  readonly #placeOf: Uint16Array
  /** The one before it with the same content, or 0. */
  readonly #before: Uint32Array
  readonly #contents: Uint32Array
  readonly #keys: Uint32Array
  /** Like `#keys`, without failures. */
  readonly #outcomes: Uint32Array
  /** Read when it is first needed: a plan in which everything is reused asks for no latest execution. */
  #reuse: (() => readonly Reuse[]) | undefined
  readonly #mask: number

  constructor(
    batches: readonly StoredBatch[],
    hasObject: HasObject,
    readInline: (seq: number, at: number, length: number) => Uint8Array | undefined,
    reuse: () => readonly Reuse[],
  ) {
    this.#batches = batches
    this.#hasObject = hasObject
    this.#readInline = readInline
    this.#reuse = reuse
    const count = batches.reduce((n, { batch }) => n + batch.count, 0)
    const slots = 2 ** Math.ceil(Math.log2(Math.max(8, count * 2)))
    this.#mask = slots - 1
    this.#contents = new Uint32Array(slots)
    this.#keys = new Uint32Array(slots)
    this.#outcomes = new Uint32Array(slots)
    this.#batchOf = new Uint32Array(count + 1)
    this.#placeOf = new Uint16Array(count + 1)
    this.#before = new Uint32Array(count + 1)
    let e = 1
    batches.forEach((stored, b) => {
      this.#bySeq.set(stored.seq, stored)
      this.#first.set(stored.seq, e)
      for (let i = 0; i < stored.batch.count; i++, e++) {
        this.#batchOf[e] = b
        this.#placeOf[e] = i
        this.#enter(e, stored.batch, i)
      }
    })
  }

  #enter(e: number, batch: ExecutionBatch, i: number): void {
    const at = batch.identityAt(i)
    if (batch.kind(i) !== 'failed') {
      const slot = this.#slot(this.#contents, batch.records, at + IDENTITY.content, IDENTITY.content, 32)
      this.#before[e] = this.#contents[slot] as number
      this.#contents[slot] = e
      this.#outcomes[this.#slot(this.#outcomes, batch.records, at + IDENTITY.key, IDENTITY.key, 8)] = e
    }
    this.#keys[this.#slot(this.#keys, batch.records, at + IDENTITY.key, IDENTITY.key, 8)] = e
  }

  /** The slot that holds, or would hold, the newest execution with these bytes at `offset` of its identity. */
  #slot(table: Uint32Array, bytes: Uint8Array, at: number, offset: number, length: number): number {
    const hash =
      (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)
    let slot = hash & this.#mask
    for (;;) {
      const e = table[slot] as number
      if (e === 0) return slot
      const { batch } = this.#batches[this.#batchOf[e] as number] as StoredBatch
      if (equalBytes(batch.records, batch.identityAt(this.#placeOf[e] as number) + offset, bytes, at, length)) return slot
      slot = (slot + 1) & this.#mask
    }
  }

  find(content: Uint8Array, at: number, fits?: (execution: Execution) => boolean): Execution {
    for (
      let e = this.#contents[this.#slot(this.#contents, content, at, IDENTITY.content, 32)] as number;
      e !== 0;
      e = this.#before[e] as number
    ) {
      const execution = this.#number(e)
      if (this.available(execution) && (fits === undefined || fits(execution))) return execution
    }
    return 0
  }

  latest(key: Uint8Array, at: number): Execution {
    this.#takeReuse()
    return this.#number(this.#keys[this.#slot(this.#keys, key, at, IDENTITY.key, 8)] as number)
  }

  latestOutcome(key: Uint8Array, at: number): Execution {
    this.#takeReuse()
    return this.#number(this.#outcomes[this.#slot(this.#outcomes, key, at, IDENTITY.key, 8)] as number)
  }

  #takeReuse(): void {
    if (this.#reuse === undefined) return
    for (const reuse of this.#reuse()) this.#renew(reuse)
    this.#reuse = undefined
  }

  /** An execution that a run reused is the latest of its quantum again, unless that run or a later one executed the quantum. */
  #renew({ run, executions }: Reuse): void {
    for (let q = 0; q < executions.length; q++) {
      const execution = executions[q] as Execution
      const seq = Math.floor(execution / 65536)
      const stored = this.#bySeq.get(seq)
      if (stored === undefined) continue
      const i = execution % 65536
      for (const table of [this.#keys, this.#outcomes]) {
        const slot = this.#slot(table, stored.batch.records, stored.batch.identityAt(i) + IDENTITY.key, IDENTITY.key, 8)
        const newest = this.#batches[this.#batchOf[table[slot] as number] as number] as StoredBatch
        if (newest.run < run) table[slot] = (this.#first.get(seq) as number) + i
      }
    }
  }

  #number(e: number): Execution {
    return e === 0 ? 0 : (this.#batches[this.#batchOf[e] as number] as StoredBatch).seq * 65536 + (this.#placeOf[e] as number)
  }

  #place(execution: Execution): Place {
    const stored = this.#bySeq.get(Math.floor(execution / 65536))
    if (stored === undefined) throw new Error(`there is no execution ${execution}`)
    return { stored, batch: stored.batch, i: execution % 65536 }
  }

  kind(execution: Execution): ExecutionKind {
    const { batch, i } = this.#place(execution)
    return batch.kind(i)
  }

  run(execution: Execution): number {
    return this.#place(execution).stored.run
  }

  quantum(execution: Execution): number {
    const { batch, i } = this.#place(execution)
    return batch.quantum(i)
  }

  wallSeconds(execution: Execution): number {
    const { batch, i } = this.#place(execution)
    return batch.wallSeconds(i)
  }

  same(execution: Execution, part: 'content' | 'key' | Component, bytes: Uint8Array, at: number): boolean {
    const { batch, i } = this.#place(execution)
    const [offset, length] = PART[part]
    return equalBytes(batch.records, batch.identityAt(i) + offset, bytes, at, length)
  }

  outputs(execution: Execution): number {
    const { batch, i } = this.#place(execution)
    return batch.outputs(i)
  }

  copyDigest(execution: Execution, j: number, target: Uint8Array, at: number): boolean {
    const { batch, i } = this.#place(execution)
    if (!batch.exists(i, j)) return false
    const from = batch.outputAt(i, j)
    target.set(batch.records.subarray(from, from + 32), at)
    return true
  }

  size(execution: Execution, j: number): number {
    const { batch, i } = this.#place(execution)
    return batch.size(i, j)
  }

  available(execution: Execution): boolean {
    const { batch, i } = this.#place(execution)
    const outputs = batch.outputs(i)
    for (let j = 0; j < outputs; j++) {
      if (batch.exists(i, j) && batch.inline(i, j) === undefined && !this.#hasObject(batch.records, batch.outputAt(i, j))) return false
    }
    return true
  }

  outputAvailable(execution: Execution, j: number): boolean {
    const { batch, i } = this.#place(execution)
    return (
      j < batch.outputs(i) &&
      (!batch.exists(i, j) || batch.inline(i, j) !== undefined || this.#hasObject(batch.records, batch.outputAt(i, j)))
    )
  }

  get count(): number {
    return this.#batchOf.length - 1
  }

  inline(execution: Execution, j: number): Uint8Array | undefined {
    const { stored, batch, i } = this.#place(execution)
    const place = batch.inline(i, j)
    return place === undefined ? undefined : this.#readInline(stored.seq, place.at, place.length)
  }
}

function equalBytes(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (a[atA + k] !== b[atB + k]) return false
  return true
}
