/** Which ready quanta start now: priority, resources, and how far ahead short ones are queued. */
import type { Event } from '../model/events.ts'
import type { Effect } from './inputs.ts'
import { moveQuantum } from './move.ts'
import type { RequestClass, SchedulerState } from './state.ts'

/** Seconds of work that may be queued behind a slot, so that a turn of the loop never leaves it idle. */
const AHEAD_SECONDS = 0.02
const MOST_AHEAD = 256
/** After so many others went first, what the most urgent class lacks is kept for it. */
const PATIENCE = 64

/** Starts what fits. */
export function dispatch(state: SchedulerState, events: Event[], effects: Effect[]): void {
  const open = state.classes.filter((c) => c.ready.size > 0)
  while (open.length > 0) {
    const chosen = mostUrgent(open, (c) => canStart(state, c))
    if (chosen === undefined) return
    const first = mostUrgent(open, () => true) as RequestClass
    if (first !== chosen) {
      first.passedOver++
      if (first.passedOver > PATIENCE && competes(state, chosen, first)) {
        open.splice(open.indexOf(chosen), 1)
        continue
      }
    }
    start(state, chosen, events, effects)
    if (chosen.ready.size === 0) open.splice(open.indexOf(chosen), 1)
  }
}

function mostUrgent(classes: readonly RequestClass[], accept: (c: RequestClass) => boolean): RequestClass | undefined {
  let best: RequestClass | undefined
  for (const c of classes) {
    if (best !== undefined && !c.ready.before(c.ready.top() as number, best.ready.top() as number)) continue
    if (accept(c)) best = c
  }
  return best
}

/** True when one more of this class fits into what is free. */
export function fits(state: SchedulerState, c: RequestClass): boolean {
  for (let i = 0; i < c.vector.length; i++) if ((c.vector[i] as number) > (state.free[i] as number)) return false
  return true
}

function canStart(state: SchedulerState, c: RequestClass): boolean {
  return fits(state, c) || c.outstanding < c.held * (1 + aheadOfEach(state, c))
}

/** How many attempts of the class's next task may wait behind each that runs. */
function aheadOfEach(state: SchedulerState, c: RequestClass): number {
  const { resources } = c
  if (state.longOutstanding > 0 || resources.gpus > 0 || resources.cores * Math.max(1, resources.processes) > 1) return 0
  for (const name in resources.custom) if ((resources.custom[name] as number) > 0) return 0
  const usual = state.usualSeconds[state.taskOf[c.ready.top() as number] as number] as number
  return isLong(usual) ? 0 : Math.min(MOST_AHEAD, Math.floor(AHEAD_SECONDS / usual))
}

function isLong(seconds: number): boolean {
  return !(seconds <= AHEAD_SECONDS)
}

/** True when `other` takes something that `first` lacks. */
function competes(state: SchedulerState, other: RequestClass, first: RequestClass): boolean {
  return first.vector.some((need, i) => need > (state.free[i] as number) && (other.vector[i] as number) > 0)
}

function start(state: SchedulerState, c: RequestClass, events: Event[], effects: Effect[]): void {
  if (fits(state, c)) take(state, c)
  c.passedOver = 0
  const q = c.ready.pop() as number
  const attempt = (state.attempt[q] as number) + 1
  state.attempt[q] = attempt
  const long = isLong(state.usualSeconds[state.taskOf[q] as number] as number)
  state.long[q] = long ? 1 : 0
  if (long) state.longOutstanding++
  c.outstanding++
  state.outstanding++
  state.attempts++
  moveQuantum(state, q, 'running')
  events.push({ event: 'JobSubmitted', q, attempt, site: state.site })
  effects.push({ kind: 'StartAttempt', q, attempt, resources: c.resources })
}

function take(state: SchedulerState, c: RequestClass): void {
  c.held++
  for (let i = 0; i < c.vector.length; i++) state.free[i] = (state.free[i] as number) - (c.vector[i] as number)
}

/** Gives back what an attempt of quantum q held, unless one queued behind it goes on with it. */
export function release(state: SchedulerState, c: RequestClass, q: number): void {
  c.outstanding--
  state.outstanding--
  if (state.long[q] === 1) {
    state.long[q] = 0
    state.longOutstanding--
  }
  while (c.held > c.outstanding) {
    c.held--
    for (let i = 0; i < c.vector.length; i++) state.free[i] = (state.free[i] as number) + (c.vector[i] as number)
  }
}

/** Learns from an attempt how long its task takes: at once when longer, slowly when shorter. */
export function learn(state: SchedulerState, q: number, seconds: number): void {
  const t = state.taskOf[q] as number
  const usual = state.usualSeconds[t] as number
  const known = Math.max(seconds, 1e-5)
  state.usualSeconds[t] = usual >= known ? usual * 0.9 + known * 0.1 : known
}
