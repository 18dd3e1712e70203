/** A picture of a plan as nodes and edges, before it becomes dot, mermaid or svg. */

import { ACTION, dataIdAt, type QuantumGraph } from '../../model/graph.ts'
import { formatId } from '../../model/ids.ts'
import type { Plan } from '../../model/plan.ts'
import { formatCount } from '../format-count.ts'
import { taskOf } from '../live/progress.ts'

/** How a node is shown. */
export type NodeKind = 'task' | 'dataset' | 'input' | 'run' | 'reuse' | 'blocked'

/** A node. */
export interface DrawnNode {
  readonly label: string
  /** A second, smaller line. */
  readonly detail: string | undefined
  readonly kind: NodeKind
}

/** An edge between node numbers. */
export interface DrawnEdge {
  readonly from: number
  readonly to: number
  readonly label: string | undefined
}

/** The picture; edges lead from what comes first. */
export interface Drawing {
  readonly title: string
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
}

/** What a picture may be of. */
export const SUBJECTS = ['tasks', 'datasets', 'quanta'] as const
export type Subject = (typeof SUBJECTS)[number]

/** Draws a plan. */
export function drawPlan(plan: Plan, subject: Subject): Drawing {
  if (subject === 'quanta') return drawQuanta(plan)
  return subject === 'datasets' ? drawTypes(plan) : drawTasks(plan)
}

/** Tasks, with an edge for each dataset type that leads from one to the other. */
function drawTasks({ graph, pipeline }: Plan): Drawing {
  const nodes = graph.tasks.map((block): DrawnNode => ({ label: block.task, detail: quantaText(block.count), kind: 'task' }))
  const edges = new Map<string, { from: number; to: number; labels: Set<string> }>()
  const add = (from: number, to: number, label: string): void => {
    const key = `${from} ${to}`
    const edge = edges.get(key) ?? { from, to, labels: new Set() }
    edge.labels.add(label)
    edges.set(key, edge)
  }
  graph.tasks.forEach((block, to) => {
    const task = pipeline.tasks.find(({ name }) => name === block.task)
    for (const { dataset } of [...(task?.inputs ?? []), ...(task?.prerequisites ?? [])]) {
      const from = producerOf(pipeline, graph, dataset)
      if (from >= 0) add(from, to, dataset)
    }
    for (const after of task?.after ?? []) {
      const from = graph.tasks.findIndex((other) => other.task === after.task)
      if (from >= 0) add(from, to, 'after')
    }
  })
  return {
    title: graph.pipeline,
    nodes,
    edges: [...edges.values()].map(({ from, to, labels }) => ({ from, to, label: [...labels].join(', ') })),
  }
}

function producerOf(pipeline: Plan['pipeline'], graph: QuantumGraph, dataset: string): number {
  return graph.tasks.findIndex((block) =>
    pipeline.tasks.some((task) => task.name === block.task && task.outputs.some((output) => output.dataset === dataset)),
  )
}

/** Tasks and dataset types, as one reads the pipeline file. */
function drawTypes({ graph, pipeline }: Plan): Drawing {
  const nodes: DrawnNode[] = graph.tasks.map((block) => ({ label: block.task, detail: quantaText(block.count), kind: 'task' }))
  const typeNode = new Map<string, number>()
  for (const block of graph.types) {
    typeNode.set(block.type, nodes.length)
    const made = producerOf(pipeline, graph, block.type) >= 0
    nodes.push({ label: block.type, detail: formatCount(block.count), kind: made ? 'dataset' : 'input' })
  }
  const edges: DrawnEdge[] = []
  graph.tasks.forEach((block, t) => {
    const task = pipeline.tasks.find(({ name }) => name === block.task)
    for (const { dataset } of [...(task?.inputs ?? []), ...(task?.prerequisites ?? [])]) {
      const from = typeNode.get(dataset)
      if (from !== undefined) edges.push({ from, to: t, label: undefined })
    }
    for (const { dataset } of task?.outputs ?? []) {
      const to = typeNode.get(dataset)
      if (to !== undefined) edges.push({ from: t, to, label: undefined })
    }
  })
  return { title: graph.pipeline, nodes, edges }
}

/** Every quantum, with an edge where one needs another's output. */
function drawQuanta({ graph, action }: Plan): Drawing {
  const kinds: Readonly<Record<number, NodeKind>> = { [ACTION.run]: 'run', [ACTION.reuse]: 'reuse', [ACTION.blocked]: 'blocked' }
  const nodes: DrawnNode[] = []
  const edges: DrawnEdge[] = []
  for (const block of graph.tasks) {
    for (let i = 0; i < block.count; i++) {
      const q = block.first + i
      nodes.push({ label: formatId(block.task, dataIdAt(graph, block, i)), detail: undefined, kind: kinds[action[q] as number] ?? 'run' })
      for (const from of neededBy(graph, q)) edges.push({ from, to: q, label: undefined })
    }
  }
  return { title: graph.pipeline, nodes, edges }
}

/** Quanta whose outputs, or whose end, quantum q needs; each once. */
export function neededBy(graph: QuantumGraph, q: number): number[] {
  const found = new Set<number>()
  const block = graph.tasks[taskOf(graph, q)]
  if (block === undefined) return []
  const i = q - block.first
  for (const edges of block.edges) {
    if (edges.role === 'output') continue
    for (let e = edges.offsets[i] as number; e < (edges.offsets[i + 1] as number); e++) {
      const producer = graph.producer[edges.targets[e] as number] as number
      if (producer >= 0) found.add(producer)
    }
  }
  for (let e = graph.afterOffsets[q] ?? 0; e < (graph.afterOffsets[q + 1] ?? 0); e++) found.add(graph.afterTargets[e] as number)
  return [...found]
}

function quantaText(count: number): string {
  return count === 1 ? '1 quantum' : `${formatCount(count)} quanta`
}
