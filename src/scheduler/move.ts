/** The one function that moves a quantum from state to state. */
import { QUANTUM_STATES, type QuantumState, STATE } from '../model/states.ts'
import type { SchedulerState } from './state.ts'

/** Where a quantum may go from each state (the diagram stands in state.ts). */
const NEXT: Readonly<Record<QuantumState, readonly QuantumState[]>> = {
  waiting: ['ready', 'pruned', 'blocked', 'cancelled'],
  ready: ['running', 'reused', 'blocked', 'cancelled'],
  running: ['ready', 'completed', 'noWork', 'failed', 'cancelled'],
  completed: [],
  reused: [],
  noWork: [],
  pruned: [],
  failed: [],
  blocked: [],
  cancelled: [],
}

const ALLOWED: readonly number[] = QUANTUM_STATES.map((from) => NEXT[from].reduce((bits, to) => bits | (1 << STATE[to]), 0))

/** Moves quantum q. A move that the diagram lacks is a fault of ours and throws. */
export function moveQuantum(state: SchedulerState, q: number, to: QuantumState): void {
  const from = state.quantum[q] as number
  const code = STATE[to]
  if (((ALLOWED[from] as number) & (1 << code)) === 0) throw new Error(`quantum ${q} cannot go from ${QUANTUM_STATES[from]} to ${to}`)
  state.quantum[q] = code
  const { tally } = state
  tally[from] = (tally[from] as number) - 1
  tally[code] = (tally[code] as number) + 1
}

/** True for a state that a quantum never leaves. */
export function isOver(code: number): boolean {
  return code > STATE.running
}
