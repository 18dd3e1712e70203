/** Places the nodes of a drawing in layers from left to right. */
import type { Drawing } from './drawing.ts'

/** Where each node stands: its layer, and its place within it. */
export interface Layers {
  /** Node numbers of each layer, from top to bottom. */
  readonly layers: readonly (readonly number[])[]
}

const SWEEPS = 4

/** A node stands one layer behind the last of those it follows; within a layer near the middle of its neighbours. */
export function layersOf({ nodes, edges }: Drawing): Layers {
  const before: number[][] = nodes.map(() => [])
  const behind: number[][] = nodes.map(() => [])
  for (const { from, to } of edges) {
    before[to]?.push(from)
    behind[from]?.push(to)
  }
  const depth = depthsOf(before, behind)
  const layers: number[][] = Array.from({ length: Math.max(0, ...depth) + (nodes.length === 0 ? 0 : 1) }, () => [])
  depth.forEach((layer, n) => layers[layer]?.push(n))
  const place = new Float64Array(nodes.length)
  const number = (layer: number[]): void => {
    layer.forEach((n, i) => {
      place[n] = i
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
  return { layers }
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
  return depth
}
