/** Rebuilds the state of a run from its events. */
import type { Event } from '../model/events.ts'
import { STATE } from '../model/states.ts'
import { isOver } from './move.ts'
import type { SchedulerState } from './state.ts'

/** Applies committed events to a state that `createState` made; afterwards states, attempts and counts are those of the run. */
export function replay(state: SchedulerState, events: Iterable<Event>): void {
  for (const event of events) apply(state, event)
  derive(state)
}

function apply(state: SchedulerState, event: Event): void {
  switch (event.event) {
    case 'JobSubmitted':
      state.attempt[event.q] = event.attempt
      state.attempts++
      return set(state, event.q, STATE.running)
    case 'DatasetStored':
      state.exists[event.d] = 1
      return
    case 'QuantumReused':
      return set(state, event.q, STATE.reused)
    case 'QuantumCompleted':
      return set(state, event.q, event.noWork === null ? STATE.completed : STATE.noWork)
    case 'QuantumFailed':
      return set(state, event.q, STATE.failed)
    case 'QuantumRetried':
      return set(state, event.q, STATE.ready)
    case 'QuantumBlocked':
      state.blockedBy[event.q] = event.by
      return set(state, event.q, STATE.blocked)
    case 'QuantumPruned':
      return set(state, event.q, STATE.pruned)
    case 'QuantumCancelled':
      return set(state, event.q, STATE.cancelled)
    case 'RunFinished':
      state.finished = true
      return
    case 'RunStarted':
    case 'QuantumPlanned':
    case 'JobStateChanged':
    case 'Annotated':
    case 'Warned':
    case 'SiteLost':
    case 'SiteFound':
  }
}

function set(state: SchedulerState, q: number, code: number): void {
  const { tally } = state
  const from = state.quantum[q] as number
  tally[from] = (tally[from] as number) - 1
  tally[code] = (tally[code] as number) + 1
  state.quantum[q] = code
}

/** Works out what events leave unsaid: what each quantum still waits for, and which are therefore ready. */
function derive(state: SchedulerState): void {
  state.waitingFor.fill(0)
  for (let q = 0; q < state.graph.quanta; q++) {
    if (isOver(state.quantum[q] as number)) continue
    const end = state.consumerOffsets[q + 1] as number
    for (let e = state.consumerOffsets[q] as number; e < end; e++) {
      const consumer = state.consumerTargets[e] as number
      state.waitingFor[consumer] = (state.waitingFor[consumer] as number) + 1
    }
  }
  for (let q = 0; q < state.graph.quanta; q++) {
    if (state.quantum[q] === STATE.waiting && state.waitingFor[q] === 0) set(state, q, STATE.ready)
  }
}
