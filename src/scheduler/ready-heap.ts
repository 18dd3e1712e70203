/** Quanta that could start, most urgent first: longest path ahead, ties by number. */

/** A binary heap of quantum numbers ordered by rank (larger first), then number (smaller first). */
export class ReadyHeap {
  readonly #rank: Uint32Array
  readonly #items: number[] = []

  constructor(rank: Uint32Array) {
    this.#rank = rank
  }

  get size(): number {
    return this.#items.length
  }

  /** The most urgent quantum. */
  top(): number | undefined {
    return this.#items[0]
  }

  push(q: number): void {
    const items = this.#items
    let at = items.push(q) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const other = items[above] as number
      if (!this.before(q, other)) break
      items[at] = other
      at = above
    }
    items[at] = q
  }

  /** Takes out the most urgent quantum. */
  pop(): number | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (below + 1 < items.length && this.before(items[below + 1] as number, items[below] as number)) below++
      if (!this.before(items[below] as number, last)) break
      items[at] = items[below] as number
      at = below
    }
    items[at] = last
    return first
  }

  clear(): void {
    this.#items.length = 0
  }

  /** True when quantum a is more urgent than b. */
  before(a: number, b: number): boolean {
    const difference = (this.#rank[a] as number) - (this.#rank[b] as number)
    return difference > 0 || (difference === 0 && a < b)
  }
}
