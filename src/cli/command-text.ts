/** A task's body as text, with the values of one quantum. */

import { parseCommand, renderCommand } from '../model/command/command-template.ts'
import { dataIdAt, type QuantumGraph, type TaskBlock } from '../model/graph.ts'
import type { Pipeline, Task } from '../model/pipeline.ts'
import type { Json } from '../model/value.ts'
import { dataIdJson } from './value-json.ts'

/** What the text needs beside the task. */
export interface CommandSurroundings {
  readonly graph: QuantumGraph
  readonly pipeline: Pipeline
  /** How a dataset is written. */
  readonly show: (d: number) => string
}

/** `awk -f clean.awk …`, `python climate:summarise`. */
export function commandText(task: Task, block: TaskBlock, i: number, { graph, pipeline, show }: CommandSurroundings): string {
  const { body } = task
  if (body.kind !== 'command') return `${body.kind} ${body.module}${body.kind === 'python' ? ':' : '#'}${body.function}`
  const given = (wanted: (role: string) => boolean): Record<string, string | readonly string[]> =>
    Object.fromEntries(
      block.edges
        .filter(({ role }) => wanted(role))
        .map(({ connection, gathers, offsets, targets }) => {
          const shown = Array.from(targets.subarray(offsets[i], offsets[i + 1]), show)
          return [connection, gathers ? shown : (shown[0] ?? '')]
        }),
    )
  const { custom, ...counted } = task.resources
  const rendered = renderCommand(parseCommand(body.command), {
    inputs: given((role) => role !== 'output'),
    outputs: given((role) => role === 'output'),
    config: task.config,
    dataId: dataIdJson(dataIdAt(graph, block, i), (name) => graph.dimensions.find((dimension) => dimension.name === name)?.type),
    resources: Object.fromEntries(Object.entries({ ...custom, ...counted }).map(([name, amount]): [string, Json] => [name, amount ?? ''])),
    parameters: pipeline.values,
  })
  return rendered.kind === 'command' ? rendered.script : rendered.argv.map(shellWord).join(' ')
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
