/** Where the bytes of each dataset of a run are: with the project, among the objects, or inline in an execution. */
import { sha256 } from '../model/canonical.ts'
import { blockOf, dataIdAt } from '../model/graph.ts'
import type { Execution, History } from '../model/history.ts'
import { formatId } from '../model/ids.ts'
import type { Plan } from '../model/plan.ts'
import type { DatasetPlaces, RunObjects } from './repository.ts'
import type { RunStore } from './store.ts'

/** The bytes of a dataset. */
export type Content =
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | { readonly kind: 'object'; readonly path: string; readonly digest: string }
  | { readonly kind: 'input'; readonly path: string; readonly sparse: boolean }

/** Inline bytes that are kept at hand; older ones are read from the store again. */
const MOST_BYTES_AT_HAND = 16 * 1024 * 1024
/** What holding an entry costs beside its bytes. */
const OVERHEAD = 256

/** Follows where datasets are while a run goes on. */
export class Contents {
  /** 32 bytes a dataset, as far as known. */
  readonly digests: Uint8Array
  readonly #plan: Plan
  readonly #store: RunStore
  readonly #history: History
  readonly #objects: RunObjects
  readonly #places: DatasetPlaces
  /** Execution of this run, or of an earlier one, that made each quantum's outputs. */
  readonly #execution: Float64Array
  readonly #ownFrom: Execution
  readonly #atHand = new Map<number, Uint8Array>()
  #bytesAtHand = 0

  constructor(plan: Plan, parts: { store: RunStore; history: History; objects: RunObjects; places: DatasetPlaces }, firstSeq: number) {
    this.#plan = plan
    this.#store = parts.store
    this.#history = parts.history
    this.#objects = parts.objects
    this.#places = parts.places
    this.digests = plan.digests.slice()
    this.#execution = plan.execution.slice()
    this.#ownFrom = firstSeq * 65536
  }

  /** Notes which execution made the outputs of quantum q. */
  madeBy(q: number, execution: Execution): void {
    this.#execution[q] = execution
  }

  /** Keeps inline bytes of a dataset at hand. */
  hold(d: number, bytes: Uint8Array): void {
    this.#atHand.set(d, bytes)
    this.#bytesAtHand += bytes.length + OVERHEAD
    for (const [oldest, old] of this.#atHand) {
      if (this.#bytesAtHand <= MOST_BYTES_AT_HAND || oldest === d) return
      // What is not committed yet cannot be read again.
      if ((this.#execution[this.#plan.graph.producer[oldest] as number] as number) < this.#ownFrom) continue
      this.#atHand.delete(oldest)
      this.#bytesAtHand -= old.length + OVERHEAD
    }
  }

  /** SHA-256 of a dataset that exists, hex. */
  digest(d: number): string {
    return Buffer.from(this.digests.buffer, this.digests.byteOffset + d * 32, 32).toString('hex')
  }

  /** The bytes of a dataset that exists. */
  of(d: number): Content {
    const producer = this.#plan.graph.producer[d] as number
    const input = producer < 0 ? this.#places.input(d) : undefined
    if (input !== undefined) return { kind: 'input', ...input }
    const bytes = producer < 0 ? this.#outside(d) : (this.#atHand.get(d) ?? this.#inline(producer, d))
    if (bytes !== undefined) return { kind: 'inline', bytes }
    const digest = this.digest(d)
    return { kind: 'object', path: this.#objects.path(digest), digest }
  }

  /** Inline bytes of a dataset that a quantum outside this graph made in an earlier run. */
  #outside(d: number): Uint8Array | undefined {
    const { graph, pipeline } = this.#plan
    const type = blockOf(graph.types, d)
    const maker = pipeline.tasks.find((task) => task.outputs.some((output) => output.dataset === type.type))
    if (maker === undefined) return undefined
    const key = Buffer.from(sha256(formatId(maker.name, dataIdAt(graph, type, d - type.first))), 'hex')
    const last = this.#history.latest(key, 0)
    const slot = maker.outputs.findIndex((output) => output.dataset === type.type)
    return last === 0 || slot >= this.#history.outputs(last) ? undefined : this.#history.inline(last, slot)
  }

  #inline(producer: number, d: number): Uint8Array | undefined {
    const execution = this.#execution[producer] as number
    if (execution === 0) return undefined
    const source = execution >= this.#ownFrom ? this.#store : this.#history
    return source.inline(execution, outputSlot(this.#plan, producer, d))
  }
}

/** Place of dataset d among the outputs of quantum q: connections in order, datasets within. */
export function outputSlot(plan: Pick<Plan, 'graph'>, q: number, d: number): number {
  const block = blockOf(plan.graph.tasks, q)
  let slot = 0
  for (const edges of block.edges) {
    if (edges.role !== 'output') continue
    const end = edges.offsets[q - block.first + 1] as number
    for (let e = edges.offsets[q - block.first] as number; e < end; e++, slot++) if (edges.targets[e] === d) return slot
  }
  throw new Error(`quantum ${q} does not make dataset ${d}`)
}
