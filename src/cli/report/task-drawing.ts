/** The tasks of a run as a drawing, from its graph alone. */
import { blockOf, type QuantumGraph } from '../../model/graph.ts'
import type { Drawing, DrawnEdge } from '../drawing/drawing.ts'

/** Tasks with an edge for each dataset type, or `after:`, that leads from one to the other. */
export function taskDrawing(graph: QuantumGraph, detailOf: (t: number) => string): Drawing {
  const edges = new Map<string, { from: number; to: number; labels: Set<string> }>()
  const add = (from: number, to: number, label: string): void => {
    // A task that feeds back into itself is drawn as one box: an arrow from a box to itself would not be seen.
    if (from === to) return
    const key = `${from} ${to}`
    const edge = edges.get(key) ?? { from, to, labels: new Set() }
    edge.labels.add(label)
    edges.set(key, edge)
  }
  const taskOf = taskNumbers(graph)
  graph.tasks.forEach((block, to) => {
    for (const { role, targets } of block.edges) {
      if (role === 'output') continue
      let seen = -1
      for (const d of targets) {
        const producer = graph.producer[d] as number
        const from = producer < 0 ? -1 : (taskOf[producer] as number)
        if (from === seen || from < 0) continue
        seen = from
        add(from, to, blockOf(graph.types, d).type)
      }
    }
    for (let e = graph.afterOffsets[block.first] ?? 0; e < (graph.afterOffsets[block.first + block.count] ?? 0); e++) {
      add(taskOf[graph.afterTargets[e] as number] as number, to, 'after')
    }
  })
  return {
    title: `the tasks of ${graph.pipeline}`,
    nodes: graph.tasks.map(({ task }, t) => ({ label: task, detail: detailOf(t), kind: 'task' })),
    edges: [...edges.values()].map(({ from, to, labels }): DrawnEdge => ({ from, to, label: [...labels].join(', ') })),
  }
}

function taskNumbers(graph: QuantumGraph): Uint32Array {
  const numbers = new Uint32Array(graph.quanta)
  graph.tasks.forEach(({ first, count }, t) => numbers.fill(t, first, first + count))
  return numbers
}
