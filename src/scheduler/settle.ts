/** What follows when a quantum is over: consumers become ready, pruned or blocked, and so on down the graph. */
import type { Event } from '../model/events.ts'
import type { Edges } from '../model/graph.ts'
import { STATE } from '../model/states.ts'
import type { Effect } from './inputs.ts'
import { moveQuantum } from './move.ts'
import { placeOf, type SchedulerState } from './state.ts'

/** What a step has gathered so far. */
export interface Turn {
  readonly events: Event[]
  readonly effects: Effect[]
  /** Quanta that became ready. */
  readonly ready: number[]
  /** Attempts were lost in this turn. */
  lost: boolean
}

/** Looks at every quantum once: what waits for nothing is ready or pruned, what follows the blocked is blocked. */
export function beginRun(state: SchedulerState, turn: Turn): void {
  const blocked: number[] = []
  const free: number[] = []
  for (let q = 0; q < state.graph.quanta; q++) {
    if (state.quantum[q] === STATE.blocked) blocked.push(q)
    else if (state.quantum[q] === STATE.waiting && state.waitingFor[q] === 0) free.push(q)
  }
  for (const q of blocked) turn.events.push({ event: 'QuantumBlocked', q, by: state.blockedBy[q] as number })
  for (const q of blocked) settle(state, q, turn)
  for (const q of free) {
    if (state.quantum[q] === STATE.waiting && open(state, q, turn)) settle(state, q, turn)
  }
}

/** Tells the consumers of a quantum that is over, and theirs in turn. */
export function settle(state: SchedulerState, over: number, turn: Turn): void {
  const stack = [over]
  for (let q = stack.pop(); q !== undefined; q = stack.pop()) {
    const end = state.consumerOffsets[q + 1] as number
    const root = blocker(state, q)
    for (let e = state.consumerOffsets[q] as number; e < end; e++) {
      const consumer = state.consumerTargets[e] as number
      const left = (state.waitingFor[consumer] as number) - 1
      state.waitingFor[consumer] = left
      if (state.quantum[consumer] !== STATE.waiting) continue
      if (root >= 0) {
        state.blockedBy[consumer] = root
        moveQuantum(state, consumer, 'blocked')
        turn.events.push({ event: 'QuantumBlocked', q: consumer, by: root })
        stack.push(consumer)
      } else if (left === 0 && open(state, consumer, turn)) stack.push(consumer)
    }
  }
}

/** The failure, or the like, that a quantum's consumers are blocked by; -1 when they are not. */
function blocker(state: SchedulerState, q: number): number {
  const code = state.quantum[q]
  if (code === STATE.failed || code === STATE.cancelled) return q
  if (code !== STATE.blocked) return -1
  const by = state.blockedBy[q] as number
  return by < 0 ? q : by
}

/** Makes a quantum that waits for nothing ready, or prunes it: then it is over, and true comes back. */
function open(state: SchedulerState, q: number, turn: Turn): boolean {
  const { block, i } = placeOf(state, q)
  for (const edges of block.edges) {
    if (edges.role === 'output') continue
    const found = existing(state, edges, i)
    if (found >= edges.minimum) continue
    moveQuantum(state, q, 'pruned')
    turn.events.push({ event: 'QuantumPruned', q, connection: edges.connection, found, minimum: edges.minimum })
    return true
  }
  moveQuantum(state, q, 'ready')
  turn.ready.push(q)
  return false
}

function existing(state: SchedulerState, edges: Edges, i: number): number {
  let found = 0
  const end = edges.offsets[i + 1] as number
  for (let e = edges.offsets[i] as number; e < end; e++) if (state.exists[edges.targets[e] as number] === 1) found++
  return found
}
