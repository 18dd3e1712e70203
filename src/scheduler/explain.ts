/** "Why is this not running?" as data. */
import { STATE } from '../model/states.ts'
import { isOver } from './move.ts'
import { classOf, type SchedulerState, taskRules } from './state.ts'

/** A reason that holds back this many quanta. */
export interface Waiting {
  readonly reason: string
  readonly count: number
}

/** Groups everything that does not run by what holds it back, the most frequent first. Works on replayed states too. */
export function explain(state: SchedulerState): readonly Waiting[] {
  const found = new Map<string, number>()
  const add = (reason: string): void => {
    found.set(reason, (found.get(reason) ?? 0) + 1)
  }
  const cause = firstUnfinishedProducer(state)
  const used = inUse(state)
  for (let q = 0; q < state.graph.quanta; q++) {
    if (state.quantum[q] === STATE.waiting) add(`waits for task ${taskRules(state, cause[q] as number).name}`)
    else if (state.quantum[q] === STATE.ready) add(whyReadyWaits(state, used, q))
  }
  return [...found].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
}

function firstUnfinishedProducer(state: SchedulerState): Int32Array {
  const cause = new Int32Array(state.graph.quanta).fill(-1)
  for (let k = state.graph.quanta - 1; k >= 0; k--) {
    const q = state.graph.order[k] as number
    if (isOver(state.quantum[q] as number)) continue
    const end = state.consumerOffsets[q + 1] as number
    for (let e = state.consumerOffsets[q] as number; e < end; e++) cause[state.consumerTargets[e] as number] = q
  }
  return cause
}

function inUse(state: SchedulerState): Float64Array {
  const used = new Float64Array(state.names.length)
  for (let q = 0; q < state.graph.quanta; q++) {
    if (state.quantum[q] !== STATE.running) continue
    const { vector } = classOf(state, q)
    for (let i = 0; i < used.length; i++) used[i] = (used[i] as number) + (vector[i] as number)
  }
  return used
}

function whyReadyWaits(state: SchedulerState, used: Float64Array, q: number): string {
  if (state.stopping !== 'no') return `the run is ${state.stopping === 'failed-fast' ? 'stopping after a failure' : state.stopping}`
  const { vector } = classOf(state, q)
  for (let i = 0; i < vector.length; i++) {
    const need = vector[i] as number
    const left = (state.capacity[i] as number) - (used[i] as number)
    if (need > 0 && need > left) return `waits for ${state.names[i]}`
  }
  return 'is about to start'
}
