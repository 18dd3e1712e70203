/** Things that wait for each other. */
import type { Pipeline } from '../../model/pipeline.ts'
import type { Reading } from '../reading.ts'

/** Why one name waits for another: waiting name → name waited for → reason. */
export type Waits = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Reports cycles of dimensions (`requires`, `implies`) and of tasks. */
export function checkCycles(pipeline: Pipeline, { document, problems }: Reading): void {
  for (const cycle of findCycles(dimensionWaits(pipeline))) {
    const message = `dimensions require or imply each other: ${cycle.path.join(' → ')}; expected no way back`
    problems.error('dimension-cycle', document.at(['dimensions', cycle.path[0] as string], 'key'), message)
  }
  for (const cycle of findCycles(taskWaits(pipeline))) {
    const message = `tasks wait for each other: ${cycle.path.join(' → ')} (${cycle.reasons.join('; ')}); expected no way back, or a step such as at: {DIMENSION: previous}`
    problems.error('task-cycle', document.at(['tasks', cycle.path[0] as string], 'key'), message)
  }
}

function dimensionWaits({ dimensions }: Pipeline): Waits {
  const known = new Set(dimensions.map((dimension) => dimension.name))
  return new Map(
    dimensions.map(({ name, requires, implies }) => {
      const others = [...requires, ...implies].filter((other) => known.has(other))
      return [name, new Map(others.map((other) => [other, `${name} needs ${other}`]))]
    }),
  )
}

function taskWaits({ tasks }: Pipeline): Waits {
  const makers = new Map<string, string[]>()
  for (const task of tasks) {
    for (const { dataset, via } of task.outputs) if (via === undefined) makers.set(dataset, [...(makers.get(dataset) ?? []), task.name])
  }
  const waits = new Map<string, Map<string, string>>()
  for (const task of tasks) {
    const reasons = new Map<string, string>()
    for (const { dataset, via, step } of task.inputs) {
      if (via !== undefined || Object.keys(step).length > 0) continue
      for (const maker of makers.get(dataset) ?? []) reasons.set(maker, `${task.name} reads ${dataset}, which ${maker} makes`)
    }
    for (const after of task.after) if (after.via === undefined) reasons.set(after.task, `${task.name} comes after ${after.task}`)
    waits.set(task.name, reasons)
  }
  return waits
}

/** Cycles that share no member, one for each knot; `path` ends where it begins. */
export function findCycles(waits: Waits): { readonly path: readonly string[]; readonly reasons: readonly string[] }[] {
  const left = new Set(waits.keys())
  const cycles = []
  for (;;) {
    dropFree(waits, left)
    const [start] = left
    if (start === undefined) return cycles
    const path = walk(waits, left, start)
    const reasons = path.slice(0, -1).map((name, index) => waits.get(name)?.get(path[index + 1] as string) as string)
    cycles.push({ path, reasons })
    for (const name of path) left.delete(name)
  }
}

/** Takes out, again and again, what waits for nothing that is left. */
function dropFree(waits: Waits, left: Set<string>): void {
  const waiting = new Map<string, string[]>()
  const open = new Map<string, number>()
  for (const name of left) {
    const others = [...(waits.get(name)?.keys() ?? [])].filter((other) => left.has(other))
    open.set(name, others.length)
    for (const other of others) waiting.set(other, [...(waiting.get(other) ?? []), name])
  }
  const free = [...left].filter((name) => open.get(name) === 0)
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    left.delete(name)
    for (const behind of waiting.get(name) ?? []) {
      const still = (open.get(behind) as number) - 1
      open.set(behind, still)
      if (still === 0) free.push(behind)
    }
  }
}

/** Everything left waits for something left, so that a walk must come back to where it was. */
function walk(waits: Waits, left: ReadonlySet<string>, start: string): string[] {
  const path: string[] = []
  const places = new Map<string, number>()
  for (let name = start; ; ) {
    const before = places.get(name)
    if (before !== undefined) return [...path.slice(before), name]
    places.set(name, path.length)
    path.push(name)
    name = [...(waits.get(name)?.keys() ?? [])].find((other) => left.has(other)) as string
  }
}
