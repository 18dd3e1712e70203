/** What all quanta of a task have in common, worked out once a run. */

import { type CommandTemplate, parseCommand } from '../model/command/command-template.ts'
import type { Edges, TaskBlock } from '../model/graph.ts'
import type { Connection, DatasetType, FormatName, Pipeline, Task } from '../model/pipeline.ts'
import type { Plan } from '../model/plan.ts'
import { type Json, type Value, valueText } from '../model/value.ts'

/** A connection of a task with its edges. */
export interface ConnectionFrame {
  readonly name: string
  readonly edges: Edges
  readonly type: DatasetType
  readonly format: FormatName
  /** Ending of file names, with its dot, or empty. */
  readonly extension: string
}

/** A task of a run. */
export interface TaskFrame {
  readonly task: Task
  readonly block: TaskBlock
  readonly inputs: readonly ConnectionFrame[]
  readonly outputs: readonly ConnectionFrame[]
  /** The task's command taken apart; undefined for function bodies. */
  readonly command: CommandTemplate | undefined
}

const EXTENSIONS: Readonly<Record<FormatName, string>> = {
  json: '.json',
  csv: '.csv',
  text: '.txt',
  bytes: '.bin',
  file: '',
  directory: '',
}

/** Frames of a plan's tasks, parallel to its task blocks. */
export function taskFrames(plan: Plan): readonly TaskFrame[] {
  return plan.graph.tasks.map((block, t) => {
    const task = plan.tasks[t] as Task
    const frames = (edges: readonly Edges[], connections: readonly Connection[]): ConnectionFrame[] =>
      edges.map((each) => connectionFrame(plan.pipeline, each, connections))
    const isOutput = (edges: Edges): boolean => edges.role === 'output'
    return {
      task,
      block,
      inputs: frames(
        block.edges.filter((edges) => !isOutput(edges)),
        [...task.inputs, ...task.prerequisites],
      ),
      outputs: frames(block.edges.filter(isOutput), task.outputs),
      command: task.body.kind === 'command' ? parseCommand(task.body.command) : undefined,
    }
  })
}

function connectionFrame(pipeline: Pipeline, edges: Edges, connections: readonly Connection[]): ConnectionFrame {
  const connection = connections.find((each) => each.name === edges.connection)
  const type = pipeline.datasets.find((each) => each.name === connection?.dataset)
  if (type === undefined) throw new Error(`connection ${edges.connection} has no dataset type`)
  return { name: edges.connection, edges, type, format: type.format, extension: extensionOf(type) }
}

function extensionOf(type: DatasetType): string {
  const found = /[^/{}](\.[A-Za-z0-9]+(?:\.(?:gz|bz2|xz|zst))?)$/.exec(type.path ?? '')
  return found?.[1] ?? EXTENSIONS[type.format]
}

/** Datasets of one connection of the i-th quantum of its task. */
export function datasetsOf(edges: Edges, i: number): Uint32Array {
  return edges.targets.subarray(edges.offsets[i], edges.offsets[i + 1])
}

/** Values of data IDs as bodies get them: numbers where they are exact, else text. */
export function bodyValue(value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  return valueText(value)
}
