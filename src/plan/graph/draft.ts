/** A quantum graph in the making: quanta and datasets as rows, edges by connection; nothing pruned or ordered yet. */
import type { DatasetType, Task } from '../../model/pipeline.ts'
import type { JoinStep } from '../join/natural-join.ts'
import type { Rows } from '../join/rows.ts'

/** Edges of one connection, by number within the task's and the type's rows. */
export interface DraftEdges {
  readonly connection: string
  readonly role: 'input' | 'prerequisite' | 'output'
  readonly gathers: boolean
  readonly minimum: number
  readonly offsets: Uint32Array
  /** Number of a type in the draft, and of a row in it: parallel arrays. */
  readonly types: Uint16Array
  readonly rows: Uint32Array
}

/** Quanta of a task. */
export interface DraftTask {
  readonly task: Task
  readonly rows: Rows
  readonly edges: readonly DraftEdges[]
  /** For each quantum the earlier quanta of `after`, as (task number, row) pairs. */
  readonly after: { readonly offsets: Uint32Array; readonly tasks: Uint16Array; readonly rows: Uint32Array }
}

/** Datasets of a type that may exist. */
export interface DraftType {
  readonly type: DatasetType
  readonly rows: Rows
  /** Row of the catalogue's existing datasets behind each row; or {@link NONE} or {@link EARLIER}. */
  readonly existing: Int32Array
}

/** Not there: to be made, or assumed to come. */
export const NONE = -1
/** Not made in this graph; an earlier run may have left it (`at: previous` beyond a selection). */
export const EARLIER = -2

/** The whole. */
export interface Draft {
  readonly tasks: readonly DraftTask[]
  readonly types: readonly DraftType[]
  /** How each part of the pipeline was joined, step by step. */
  readonly steps: readonly JoinStep[]
}

/** Collects (owner, type, row) triples and lays them out by owner; within an owner in order of type and row. */
export class EdgeList {
  #owners = new Uint32Array(1024)
  #types = new Uint16Array(1024)
  #rows = new Uint32Array(1024)
  #length = 0

  add(owner: number, type: number, row: number): void {
    if (this.#length === this.#owners.length) this.#grow()
    this.#owners[this.#length] = owner
    this.#types[this.#length] = type
    this.#rows[this.#length++] = row
  }

  #grow(): void {
    const [owners, types, rows] = [this.#owners, this.#types, this.#rows]
    this.#owners = new Uint32Array(this.#length * 2)
    this.#types = new Uint16Array(this.#length * 2)
    this.#rows = new Uint32Array(this.#length * 2)
    this.#owners.set(owners)
    this.#types.set(types)
    this.#rows.set(rows)
  }

  layOut(count: number): { offsets: Uint32Array; types: Uint16Array; rows: Uint32Array } {
    const offsets = new Uint32Array(count + 1)
    const owners = this.#owners.subarray(0, this.#length)
    for (const owner of owners) offsets[owner + 1] = (offsets[owner + 1] as number) + 1
    for (let i = 0; i < count; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number)
    const next = offsets.slice()
    const types = new Uint16Array(owners.length)
    const rows = new Uint32Array(owners.length)
    for (let i = 0; i < owners.length; i++) {
      const at = next[owners[i] as number] as number
      next[owners[i] as number] = at + 1
      types[at] = this.#types[i] as number
      rows[at] = this.#rows[i] as number
    }
    for (let i = 0; i < count; i++) sortRange(types, rows, offsets[i] as number, offsets[i + 1] as number)
    return { offsets, types, rows }
  }
}

function sortRange(types: Uint16Array, rows: Uint32Array, from: number, to: number): void {
  let sorted = true
  for (let i = from + 1; i < to && sorted; i++) {
    const before = (types[i - 1] as number) - (types[i] as number) || (rows[i - 1] as number) - (rows[i] as number)
    if (before > 0) sorted = false
  }
  if (sorted) return
  const pairs = Array.from({ length: to - from }, (_, i) => [types[from + i] as number, rows[from + i] as number] as const)
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  pairs.forEach(([type, row], i) => {
    types[from + i] = type
    rows[from + i] = row
  })
}
