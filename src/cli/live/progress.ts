/** How far a run is, task by task, counted from its events. */
import type { Event } from '../../model/events.ts'
import type { QuantumGraph, TaskBlock } from '../../model/graph.ts'
import { ACTION } from '../../model/graph.ts'

/** Counts of one task. */
export interface TaskProgress {
  readonly task: string
  readonly total: number
  /** Tasks whose outputs, or whose end, it waits for. */
  readonly upstream: readonly number[]
  completed: number
  reused: number
  noWork: number
  pruned: number
  failed: number
  blocked: number
  cancelled: number
  /** At work, and handed out but queued behind others. */
  running: number
  queued: number
  retried: number
  /** Seconds of all completed attempts of this run, for the estimate. */
  wallSeconds: number
  /** Mean seconds of earlier runs, or undefined. */
  readonly expectedSeconds: number | undefined
  /** When its first attempt began and its last quantum was over, ms. */
  began: number | undefined
  ended: number | undefined
}

/** The whole run. */
export interface RunProgress {
  readonly tasks: readonly TaskProgress[]
  /** Of each quantum: 0 neither, 1 handed out, 2 at work. */
  readonly attempt: Uint8Array
  readonly began: number
  /** Completions of the last seconds: times and counts, for the rate. */
  readonly recent: { at: number; done: number }[]
}

/** What the count begins with. */
export interface ProgressStart {
  readonly graph: QuantumGraph
  /** {@link ACTION} of each quantum: what is reused counts as done at once. */
  readonly action: Uint8Array
  /** Mean seconds of a quantum in earlier runs, by task. */
  readonly expected: readonly (number | undefined)[]
  readonly now: number
}

/** Progress before the first event. */
export function startProgress({ graph, action, expected, now }: ProgressStart): RunProgress {
  const tasks = graph.tasks.map((block, t): TaskProgress => {
    let reused = 0
    for (let q = block.first; q < block.first + block.count; q++) if (action[q] === ACTION.reuse) reused++
    return {
      task: block.task,
      total: block.count,
      upstream: upstreamTasks(graph, block),
      completed: 0,
      reused,
      noWork: 0,
      pruned: 0,
      failed: 0,
      blocked: 0,
      cancelled: 0,
      running: 0,
      queued: 0,
      retried: 0,
      wallSeconds: 0,
      expectedSeconds: expected[t],
      began: undefined,
      ended: undefined,
    }
  })
  return { tasks, attempt: new Uint8Array(graph.quanta), began: now, recent: [] }
}

/** Numbers of the tasks that a task's quanta depend on. */
function upstreamTasks(graph: QuantumGraph, block: TaskBlock): number[] {
  const found = new Set<number>()
  const own = graph.tasks.indexOf(block)
  const add = (q: number): void => {
    const t = q < 0 ? own : taskOf(graph, q)
    if (t !== own) found.add(t)
  }
  for (const edges of block.edges) {
    if (edges.role === 'output') continue
    // Edges of a connection lead to few task blocks: one look at each end is enough for a picture.
    const last = edges.targets.length - 1
    if (last >= 0) {
      add(graph.producer[edges.targets[0] as number] as number)
      add(graph.producer[edges.targets[last] as number] as number)
    }
  }
  const from = graph.afterOffsets[block.first] ?? 0
  const to = graph.afterOffsets[block.first + block.count] ?? 0
  if (to > from) {
    add(graph.afterTargets[from] as number)
    add(graph.afterTargets[to - 1] as number)
  }
  return [...found]
}

/** Number of the task of quantum q. */
export function taskOf(graph: QuantumGraph, q: number): number {
  let low = 0
  let high = graph.tasks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((graph.tasks[middle] as TaskBlock).first <= q) low = middle
    else high = middle - 1
  }
  return low
}

/** Counts one event. */
export function countEvent(progress: RunProgress, graph: QuantumGraph, event: Event, at: number): void {
  if (!('q' in event)) return
  const task = progress.tasks[taskOf(graph, event.q)] as TaskProgress
  switch (event.event) {
    case 'JobSubmitted':
      moveAttempt(progress, task, event.q, QUEUED)
      task.began ??= at
      return
    case 'JobStateChanged':
      if (event.state === 'active') moveAttempt(progress, task, event.q, AT_WORK)
      return
    case 'QuantumCompleted':
      moveAttempt(progress, task, event.q, NEITHER)
      if (event.noWork === null) task.completed++
      else task.noWork++
      task.wallSeconds += event.usage.wallSeconds
      noteDone(progress, at)
      break
    case 'QuantumFailed':
      moveAttempt(progress, task, event.q, NEITHER)
      task.failed++
      noteDone(progress, at)
      break
    case 'QuantumRetried':
      moveAttempt(progress, task, event.q, NEITHER)
      task.retried++
      return
    case 'QuantumReused':
      task.reused++
      break
    case 'QuantumBlocked':
      task.blocked++
      break
    case 'QuantumPruned':
      task.pruned++
      break
    case 'QuantumCancelled':
      moveAttempt(progress, task, event.q, NEITHER)
      task.cancelled++
      break
    default:
      return
  }
  if (overOf(task) === task.total) task.ended = at
}

const NEITHER = 0
const QUEUED = 1
const AT_WORK = 2

function moveAttempt(progress: RunProgress, task: TaskProgress, q: number, to: number): void {
  const from = progress.attempt[q]
  if (from === QUEUED) task.queued--
  else if (from === AT_WORK) task.running--
  if (to === QUEUED) task.queued++
  else if (to === AT_WORK) task.running++
  progress.attempt[q] = to
}

const WINDOW_MS = 10_000
const GRAIN_MS = 250

function noteDone(progress: RunProgress, at: number): void {
  const last = progress.recent.at(-1)
  if (last !== undefined && at - last.at < GRAIN_MS) last.done++
  else progress.recent.push({ at, done: 1 })
  while (progress.recent.length > 1 && at - (progress.recent[0] as { at: number }).at > WINDOW_MS) progress.recent.shift()
}

/** Quanta of a task that are over, whatever came of them. */
export function overOf(task: TaskProgress): number {
  return task.completed + task.reused + task.noWork + task.pruned + task.failed + task.blocked + task.cancelled
}

/** Attempts that ended a second, over the last ten. */
export function rateOf(progress: RunProgress, now: number): number {
  let done = 0
  for (const { at, done: count } of progress.recent) if (now - at <= WINDOW_MS) done += count
  const span = Math.min(WINDOW_MS, now - progress.began) / 1000
  return span < 0.2 ? 0 : done / span
}

/** Seconds that are probably left, or undefined while nothing is known. A task of which nothing is known counts as the others do on average. */
export function secondsLeft(progress: RunProgress, slots: number): number | undefined {
  const means = progress.tasks.map((task) => {
    const done = task.completed + task.noWork
    return done > 0 ? task.wallSeconds / done : task.expectedSeconds
  })
  const known = means.filter((mean) => mean !== undefined)
  if (known.length === 0) return undefined
  const usual = known.reduce((sum, mean) => sum + mean, 0) / known.length
  const work = progress.tasks.reduce((sum, task, t) => sum + (task.total - overOf(task)) * (means[t] ?? usual), 0)
  return work / Math.max(1, slots)
}
