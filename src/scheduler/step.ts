/** `step`: facts in, events and effects out. No clock, no I/O; changes the state in place. */
import type { Event } from '../model/events.ts'
import { STATE } from '../model/states.ts'
import { dispatch, learn, release } from './dispatch.ts'
import { attemptFailed, attemptReturned } from './failures.ts'
import type { Effect, Input } from './inputs.ts'
import { moveQuantum } from './move.ts'
import { counts, runStateOf } from './outcome.ts'
import { beginRun, settle, type Turn } from './settle.ts'
import { classOf, type SchedulerState, unfinished } from './state.ts'

/** What a step decided. Events are to be committed before effects are performed. */
export interface Stepped {
  readonly events: Event[]
  readonly effects: Effect[]
}

/** Takes facts in the order they came. `now` is milliseconds since 1970. */
export function step(state: SchedulerState, inputs: readonly Input[], now: number): Stepped {
  const turn: Turn = { events: [], effects: [], ready: [], lost: false }
  for (const input of inputs) accept(state, input, turn)
  if (turn.lost) state.turnsOfLoss++
  if (turn.ready.length > 0) turn.effects.push({ kind: 'ResolveQuanta', quanta: turn.ready })
  if (state.stopping === 'no') dispatch(state, turn.events, turn.effects)
  else if (state.outstanding === 0) cancelRest(state, turn)
  finish(state, now, turn)
  return { events: turn.events, effects: turn.effects }
}

function accept(state: SchedulerState, input: Input, turn: Turn): void {
  switch (input.kind) {
    case 'RunBegan':
      return beginRun(state, turn)
    case 'QuantaResolved':
      for (const q of input.quanta) if (state.quantum[q] === STATE.ready) classOf(state, q).ready.push(q)
      return
    case 'QuantumFoundDone':
      return foundDone(state, input, turn)
    case 'AttemptStarted':
      if (!isPresent(state, input)) return
      turn.events.push({ event: 'JobStateChanged', q: input.q, attempt: input.attempt, state: 'active', native: `slot ${input.slot}` })
      return
    case 'AttemptSucceeded':
      if (isPresent(state, input)) attemptSucceeded(state, input, turn)
      return
    case 'AttemptFailed':
      if (isPresent(state, input)) attemptFailed(state, input, turn)
      return
    case 'AttemptReturned':
      if (isPresent(state, input)) attemptReturned(state, input, turn)
      return
    case 'PlacingBegan':
      state.placing++
      return
    case 'PlacingEnded':
      return placed(state, input, turn)
    case 'DrainRequested':
      if (state.stopping !== 'cancelling') state.stopping = 'draining'
      return
    case 'CancelRequested':
      return cancelAll(state, turn)
    case 'SiteWasLost':
      turn.events.push({ event: 'SiteLost', site: input.site, message: input.message })
      return
    case 'SiteWasFound':
      turn.events.push({ event: 'SiteFound', site: input.site })
  }
}

/** What an old attempt says is ignored. */
function isPresent(state: SchedulerState, said: { readonly q: number; readonly attempt: number }): boolean {
  return state.quantum[said.q] === STATE.running && state.attempt[said.q] === said.attempt
}

function foundDone(state: SchedulerState, input: Extract<Input, { kind: 'QuantumFoundDone' }>, turn: Turn): void {
  if (state.quantum[input.q] !== STATE.ready) return
  moveQuantum(state, input.q, 'reused')
  for (const d of input.outputs) state.exists[d] = 1
  turn.events.push({ event: 'QuantumReused', q: input.q, from: input.from })
  settle(state, input.q, turn)
}

function attemptSucceeded(state: SchedulerState, input: Extract<Input, { kind: 'AttemptSucceeded' }>, turn: Turn): void {
  const { q, attempt, usage, noWork } = input
  release(state, classOf(state, q), q)
  learn(state, q, usage.wallSeconds)
  state.turnsOfLoss = 0
  state.scaledClass.delete(q)
  for (const { d, digest, size } of input.outputs) {
    state.exists[d] = 1
    turn.events.push({ event: 'DatasetStored', q, attempt, d, digest, size })
  }
  turn.events.push({ event: 'QuantumCompleted', q, attempt, noWork, usage })
  moveQuantum(state, q, noWork === null ? 'completed' : 'noWork')
  settle(state, q, turn)
}

function placed(state: SchedulerState, input: Extract<Input, { kind: 'PlacingEnded' }>, turn: Turn): void {
  state.placing--
  for (const warning of input.warnings) turn.events.push({ event: 'Warned', ...warning })
  if (input.problem === null) return
  state.misplaced++
  turn.events.push({ event: 'Warned', ...input.problem })
}

function cancelAll(state: SchedulerState, turn: Turn): void {
  state.stopping = 'cancelling'
  for (const c of state.classes) c.ready.clear()
  for (let q = 0; q < state.graph.quanta; q++) {
    const code = state.quantum[q]
    if (code === STATE.running) turn.effects.push({ kind: 'CancelAttempt', q, attempt: state.attempt[q] as number })
    else if (code === STATE.waiting || code === STATE.ready) cancel(state, q, turn)
  }
}

function cancelRest(state: SchedulerState, turn: Turn): void {
  if (unfinished(state) === 0) return
  for (const c of state.classes) c.ready.clear()
  for (let q = 0; q < state.graph.quanta; q++) {
    if (state.quantum[q] === STATE.waiting || state.quantum[q] === STATE.ready) cancel(state, q, turn)
  }
}

function cancel(state: SchedulerState, q: number, turn: Turn): void {
  moveQuantum(state, q, 'cancelled')
  turn.events.push({ event: 'QuantumCancelled', q, attempt: state.attempt[q] as number })
}

function finish(state: SchedulerState, now: number, turn: Turn): void {
  if (state.finished || unfinished(state) > 0 || state.placing > 0) return
  state.finished = true
  const outcome = runStateOf(state)
  const tally = counts(state)
  const seconds = Math.max(0, now - state.startedAt) / 1000
  turn.events.push({ event: 'RunFinished', run: state.run, state: outcome, counts: tally, seconds })
  turn.effects.push({ kind: 'FinishRun', state: outcome, counts: tally })
}
