/** Laws that hold between any two steps; tests ask for them. */
import { QUANTUM_STATES, STATE } from '../model/states.ts'
import { isOver } from './move.ts'
import { classOf, type SchedulerState } from './state.ts'

/** Every law that the state breaks, a sentence each; empty when all is well. */
export function brokenInvariants(state: SchedulerState): readonly string[] {
  return [...tallies(state), ...dependencies(state), ...accounts(state)]
}

function* tallies(state: SchedulerState): Iterable<string> {
  const tally = new Float64Array(QUANTUM_STATES.length)
  for (const code of state.quantum) tally[code] = (tally[code] as number) + 1
  for (let code = 0; code < tally.length; code++) {
    if (tally[code] !== state.tally[code]) yield `${tally[code]} quanta are ${QUANTUM_STATES[code]}, but ${state.tally[code]} are counted`
  }
}

function* dependencies(state: SchedulerState): Iterable<string> {
  const waits = new Uint32Array(state.graph.quanta)
  for (let q = 0; q < state.graph.quanta; q++) {
    if (isOver(state.quantum[q] as number)) continue
    const end = state.consumerOffsets[q + 1] as number
    for (let e = state.consumerOffsets[q] as number; e < end; e++) {
      const consumer = state.consumerTargets[e] as number
      waits[consumer] = (waits[consumer] as number) + 1
      const code = state.quantum[consumer]
      if (code === STATE.ready || code === STATE.running || code === STATE.completed)
        yield `quantum ${consumer} went before quantum ${q}, which it needs`
    }
  }
  for (let q = 0; q < waits.length; q++) {
    if (state.quantum[q] === STATE.waiting && waits[q] !== state.waitingFor[q])
      yield `quantum ${q} waits for ${waits[q]}, but ${state.waitingFor[q]} are counted`
  }
}

function* accounts(state: SchedulerState): Iterable<string> {
  const running = new Map<unknown, number>()
  for (let q = 0; q < state.graph.quanta; q++) {
    if (state.quantum[q] !== STATE.running) continue
    const c = classOf(state, q)
    running.set(c, (running.get(c) ?? 0) + 1)
  }
  const held = new Float64Array(state.names.length)
  for (const c of state.classes) {
    if ((running.get(c) ?? 0) !== c.outstanding) yield `${running.get(c) ?? 0} attempts of a class run, but ${c.outstanding} are counted`
    if (c.held > c.outstanding) yield `a class holds ${c.held} shares for ${c.outstanding} attempts`
    c.vector.forEach((need, i) => {
      held[i] = (held[i] as number) + need * c.held
    })
  }
  for (let i = 0; i < held.length; i++) {
    if ((held[i] as number) > (state.capacity[i] as number)) yield `${held[i]} ${state.names[i]} are held of ${state.capacity[i]}`
  }
}
