/** Places the nodes of a drawing in layers from left to right, with a way between the nodes for every long edge. */
import type { Drawing } from './drawing.ts'

/** Where each node stands: its layer, and its place within it. */
export interface Layers {
  /** Numbers of each layer, from top to bottom; those beyond the drawing's nodes are bends of edges. */
  readonly layers: readonly (readonly number[])[]
  /** The bends of each edge, in order. */
  readonly bends: readonly (readonly number[])[]
}

const SWEEPS = 4
/** With more than so many, nobody could follow them anyway: then long edges are straight. */
const MOST_BENDS = 20_000

/** A node stands right behind the last of those it follows, an input right before what reads it; within a layer near the middle of its neighbours. */
export function layersOf({ nodes, edges }: Drawing): Layers {
  const before: number[][] = nodes.map(() => [])
  const behind: number[][] = nodes.map(() => [])
  const connect = (from: number, to: number): void => {
    before[to]?.push(from)
    behind[from]?.push(to)
  }
  for (const { from, to } of edges) connect(from, to)
  const depth = depthsOf(before, behind)
  // Long edges become chains of bends, one in each layer between, so that they keep their distance from nodes.
  for (const list of [before, behind]) for (const neighbours of list) neighbours.length = 0
  const span = edges.reduce((sum, { from, to }) => sum + (depth[to] as number) - (depth[from] as number) - 1, 0)
  const bends = edges.map(({ from, to }) => {
    const way: number[] = []
    if (span > MOST_BENDS) {
      connect(from, to)
      return way
    }
    let last = from
    for (let layer = (depth[from] as number) + 1; layer < (depth[to] as number); layer++) {
      const bend = depth.length
      depth.push(layer)
      before.push([])
      behind.push([])
      connect(last, bend)
      way.push(bend)
      last = bend
    }
    connect(last, to)
    return way
  })
  const layers: number[][] = Array.from({ length: Math.max(-1, ...depth) + 1 }, () => [])
  depth.forEach((layer, n) => layers[layer]?.push(n))
  untangle(layers, before, behind, depth.length)
  return { layers, bends }
}

function untangle(layers: number[][], before: readonly (readonly number[])[], behind: readonly (readonly number[])[], count: number): void {
  const place = new Float64Array(count)
  const number = (layer: readonly number[]): void => {
    layer.forEach((n, i) => {
      place[n] = i - layer.length / 2
    })
  }
  layers.forEach(number)
  const sortBy = (layer: number[], neighbours: readonly (readonly number[])[]): void => {
    const mean = (n: number): number => {
      const near = neighbours[n] ?? []
      return near.length === 0 ? (place[n] as number) : near.reduce((sum, other) => sum + (place[other] as number), 0) / near.length
    }
    const means = new Map(layer.map((n) => [n, mean(n)]))
    layer.sort((a, b) => (means.get(a) as number) - (means.get(b) as number))
    number(layer)
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of layers.slice(1)) sortBy(layer, before)
    for (const layer of layers.slice(0, -1).reverse()) sortBy(layer, behind)
  }
}

function depthsOf(before: readonly (readonly number[])[], behind: readonly (readonly number[])[]): number[] {
  const depth = before.map(() => 0)
  const missing = before.map((list) => list.length)
  const ready = missing.flatMap((count, n) => (count === 0 ? [n] : []))
  for (let n = ready.pop(); n !== undefined; n = ready.pop()) {
    for (const next of behind[n] ?? []) {
      depth[next] = Math.max(depth[next] as number, (depth[n] as number) + 1)
      missing[next] = (missing[next] as number) - 1
      if (missing[next] === 0) ready.push(next)
    }
  }
  // What follows nothing moves right up to the first that reads it.
  depth.forEach((_, n) => {
    const readers = behind[n] ?? []
    if ((before[n] ?? []).length === 0 && readers.length > 0)
      depth[n] = Math.max(0, Math.min(...readers.map((next) => depth[next] as number)) - 1)
  })
  return depth
}
