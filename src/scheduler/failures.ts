/** What follows when an attempt fails or is lost: another one with more of what ran out, or the end. */
import type { Event, FailureCause } from '../model/events.ts'
import type { Resources, RetryCause } from '../model/pipeline.ts'
import { learn, release } from './dispatch.ts'
import type { Input } from './inputs.ts'
import { moveQuantum } from './move.ts'
import { settle, type Turn } from './settle.ts'
import { classFor, classOf, type SchedulerState, taskRules } from './state.ts'

/** A quantum that was lost so often in a row is given up. */
const MOST_LOSSES = 5
/** A site that loses attempts in so many turns, and completes none, is given up. */
const MOST_TURNS_OF_LOSS = 10

/** What a `retry:` calls each cause; undefined ones would fail again. */
const RETRY_CAUSE: Readonly<Record<FailureCause, RetryCause | undefined>> = {
  error: 'error',
  memory: 'memory',
  walltime: 'walltime',
  output: 'error',
  infrastructure: 'infrastructure',
  'input-changed': undefined,
  store: undefined,
}

type Failed = Extract<Input, { kind: 'AttemptFailed' }>

/** Decides what becomes of a quantum whose present attempt failed. */
export function attemptFailed(state: SchedulerState, input: Failed, turn: Turn): void {
  const { q } = input
  const own = classOf(state, q)
  release(state, own, q)
  if (input.usage !== null && input.cause !== 'infrastructure') learn(state, q, input.usage.wallSeconds)
  if (state.stopping === 'cancelling') return cancelled(state, q, turn)
  if (input.cause === 'infrastructure') {
    turn.lost = true
    const losses = (state.losses[q] as number) + 1
    state.losses[q] = losses
    if (losses < MOST_LOSSES && state.turnsOfLoss < MOST_TURNS_OF_LOSS) return again(state, input, {}, turn)
    return failed(state, { ...input, message: `lost ${losses} times in a row: ${input.message}` }, turn)
  }
  state.losses[q] = 0
  const { retry } = taskRules(state, q)
  const tries = state.tries[q] as number
  const cause = RETRY_CAUSE[input.cause]
  if (cause === undefined || !retry.on.includes(cause) || tries >= retry.limit) return failed(state, input, turn)
  state.tries[q] = tries + 1
  again(state, input, scale(state, q, own.resources, input.cause, retry.scale), turn)
}

/** Gives a quantum whose attempt never began, or was swept away, another one for free. */
export function attemptReturned(state: SchedulerState, input: Extract<Input, { kind: 'AttemptReturned' }>, turn: Turn): void {
  const { q, attempt } = input
  release(state, classOf(state, q), q)
  if (state.stopping === 'cancelling') return cancelled(state, q, turn)
  turn.lost = true
  const message = 'the worker was lost before this attempt was over'
  const loss: Failed = { kind: 'AttemptFailed', q, attempt, cause: 'infrastructure', exitCode: null, signal: null, message, usage: null }
  if (state.turnsOfLoss < MOST_TURNS_OF_LOSS) return again(state, loss, {}, turn)
  failed(
    state,
    { ...loss, message: `site ${state.site} lost its workers ${state.turnsOfLoss} times and completed nothing in between` },
    turn,
  )
}

/** Puts the quantum into a class with more of what ran out, never more than the site has. */
function scale(state: SchedulerState, q: number, had: Resources, cause: FailureCause, by: number): Readonly<Record<string, number>> {
  if (cause === 'memory' && had.memory !== undefined) {
    const memory = Math.min(Math.ceil(had.memory * by), state.capacity[state.names.indexOf('memory')] as number)
    state.scaledClass.set(q, classFor(state, { ...had, memory }))
    return { memory }
  }
  if (cause === 'walltime' && had.walltime !== undefined) {
    const walltime = had.walltime * by
    state.scaledClass.set(q, classFor(state, { ...had, walltime }))
    return { walltime }
  }
  return {}
}

function again(state: SchedulerState, input: Failed, scaled: Readonly<Record<string, number>>, turn: Turn): void {
  const { q, attempt, cause, exitCode, message } = input
  moveQuantum(state, q, 'ready')
  turn.events.push({ event: 'QuantumRetried', q, attempt, because: cause, exitCode, message, scaled })
  classOf(state, q).ready.push(q)
}

function failed(state: SchedulerState, input: Failed, turn: Turn): void {
  const { q, attempt, cause, exitCode, signal, message, usage } = input
  moveQuantum(state, q, 'failed')
  const event: Event = { event: 'QuantumFailed', q, attempt, cause, exitCode, signal, message, usage }
  turn.events.push(event)
  if (state.failFast && state.stopping === 'no') state.stopping = 'failed-fast'
  settle(state, q, turn)
}

function cancelled(state: SchedulerState, q: number, turn: Turn): void {
  moveQuantum(state, q, 'cancelled')
  turn.events.push({ event: 'QuantumCancelled', q, attempt: state.attempt[q] as number })
}
