/** Which tasks a request needs, and which of them are joined together. */
import type { Connection, Pipeline, Task } from '../../model/pipeline.ts'

/** Tasks that make what the given tasks need, and themselves, in declaration order. */
export function withAncestors(pipeline: Pipeline, names: Iterable<string>): Task[] {
  const makers = new Map<string, Task[]>()
  for (const task of pipeline.tasks) {
    for (const output of task.outputs) makers.set(output.dataset, [...(makers.get(output.dataset) ?? []), task])
  }
  const wanted = new Set<string>()
  const byName = new Map(pipeline.tasks.map((task) => [task.name, task]))
  const visit = (task: Task): void => {
    if (wanted.has(task.name)) return
    wanted.add(task.name)
    for (const dataset of inputTypes(task)) for (const maker of makers.get(dataset) ?? []) visit(maker)
    for (const { task: earlier } of task.after) visit(byName.get(earlier) as Task)
  }
  for (const name of names) visit(byName.get(name) as Task)
  return pipeline.tasks.filter((task) => wanted.has(task.name))
}

/** Dataset types that a task reads. */
export function inputTypes(task: Task): string[] {
  return [...task.inputs, ...task.prerequisites].flatMap(typesOf)
}

function typesOf({ dataset, initial }: Connection): string[] {
  return initial === undefined ? [dataset] : [dataset, initial]
}

/** True when a connection's edges come from the join: the others are looked up. */
export function joins(connection: Connection): boolean {
  return connection.via === undefined
}

/**
 * Tasks that share a dataset or a dimension, their own or one of what they read and make, directly or through others. Parts
 * that share neither join apart, so that an empty one does not empty the rest (contract.md, *Joins*). Prerequisites never
 * constrain a join, and so connect nothing.
 */
export function connectedParts(tasks: readonly Task[], dimensionsOf: (task: Task) => readonly string[]): Task[][] {
  let parts: { tasks: Set<Task>; names: Set<string> }[] = []
  for (const task of tasks) {
    const names = new Set([
      ...dimensionsOf(task).map((name) => `dimension ${name}`),
      ...[...task.inputs, ...task.outputs].flatMap(typesOf).map((name) => `dataset ${name}`),
    ])
    const touched = parts.filter((part) => !part.names.isDisjointFrom(names))
    const [merged = { tasks: new Set<Task>(), names: new Set<string>() }, ...others] = touched
    merged.tasks.add(task)
    for (const name of names) merged.names.add(name)
    for (const part of others) {
      for (const other of part.tasks) merged.tasks.add(other)
      for (const name of part.names) merged.names.add(name)
    }
    parts = [...parts.filter((part) => !touched.includes(part)), merged]
  }
  return parts.map((part) => tasks.filter((task) => part.tasks.has(task)))
}
