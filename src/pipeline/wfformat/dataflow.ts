/** Which task of a trace makes which file, and what remains of its order once files carry theirs. */
import { HeddleError } from '../../model/errors.ts'
import type { Trace, TraceTask } from './trace.ts'

/** The trace as a graph of tasks and files. */
export interface Dataflow {
  /** Id of the task that makes each file; a file that is not here is an overall input. */
  readonly maker: ReadonlyMap<string, string>
  /** Parent–child pairs that no file carries. */
  readonly follows: readonly { readonly task: string; readonly parent: string }[]
  /** Parent–child pairs that the trace names. */
  readonly edges: number
  /** What had to be left out, in sentences. */
  readonly warnings: readonly string[]
}

/** Works the dataflow out. Throws `task-cycle` with the path when tasks wait for each other. */
export function traceDataflow(trace: Trace): Dataflow {
  const byId = new Map(trace.tasks.map((task) => [task.id, task]))
  const maker = new Map<string, string>()
  const warnings: string[] = []
  for (const task of inOrder(trace.tasks, byId, (task) => task.parents)) {
    for (const file of task.writes) {
      const before = maker.get(file)
      // A second writer changes the file in place: its order is kept by `follows`, the file has one maker.
      if (before !== undefined) warnings.push(`${task.id} writes ${file}, which ${before} makes: only ${before} makes it in the replay`)
      else if (task.reads.includes(file)) warnings.push(`${task.id} reads ${file} and writes it: the replay only reads it`)
      else maker.set(file, task.id)
    }
  }
  const carried = (task: TraceTask): Set<string> => new Set(task.reads.flatMap((file) => maker.get(file) ?? []))
  inOrder(trace.tasks, byId, (task) => [...new Set([...task.parents, ...carried(task)])])
  return {
    maker,
    follows: trace.tasks.flatMap((task) => {
      const through = carried(task)
      return task.parents.filter((parent) => !through.has(parent)).map((parent) => ({ task: task.id, parent }))
    }),
    edges: trace.tasks.reduce((sum, task) => sum + task.parents.length, 0),
    warnings,
  }
}

/** Every task after those that it waits for; otherwise as the trace lists them. */
function inOrder(
  tasks: readonly TraceTask[],
  byId: ReadonlyMap<string, TraceTask>,
  waitsFor: (task: TraceTask) => readonly string[],
): TraceTask[] {
  const order: TraceTask[] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const root of tasks) {
    // An explicit stack: a trace may be a chain of a million tasks.
    const path: { readonly task: TraceTask; readonly rest: string[] }[] = []
    const enter = (id: string): void => {
      if (state.get(id) === 'done') return
      if (state.get(id) === 'open') throw cycle([...path.map(({ task }) => task.id), id])
      const task = byId.get(id) as TraceTask
      state.set(id, 'open')
      path.push({ task, rest: [...waitsFor(task)].reverse() })
    }
    enter(root.id)
    while (path.length > 0) {
      const { task, rest } = path.at(-1) as (typeof path)[number]
      const next = rest.pop()
      if (next !== undefined) enter(next)
      else {
        path.pop()
        state.set(task.id, 'done')
        order.push(task)
      }
    }
  }
  return order
}

function cycle(path: readonly string[]): HeddleError {
  const round = path.slice(path.indexOf(path.at(-1) as string))
  const shown = round.length > 12 ? [...round.slice(0, 6), '…', ...round.slice(-5)] : round
  return new HeddleError('task-cycle', `tasks of the trace wait for each other: ${shown.join(' → waits for ')}`)
}
