/** How a run stands as a whole. */
import type { Counts } from '../model/events.ts'
import type { RunState } from '../model/states.ts'
import { STATE } from '../model/states.ts'
import type { SchedulerState } from './state.ts'

/** How many quanta are in each final state, and how many attempts there were. */
export function counts(state: Pick<SchedulerState, 'tally' | 'attempts'>): Counts {
  const of = (code: number): number => state.tally[code] as number
  return {
    completed: of(STATE.completed),
    reused: of(STATE.reused),
    noWork: of(STATE.noWork),
    pruned: of(STATE.pruned),
    failed: of(STATE.failed),
    blocked: of(STATE.blocked),
    cancelled: of(STATE.cancelled),
    attempts: state.attempts,
  }
}

/** State of a run whose quanta are all over: a person's stop comes first, then failures. */
export function runStateOf(state: SchedulerState): Exclude<RunState, 'running' | 'interrupted'> {
  const { failed, blocked, cancelled } = counts(state)
  const stoppedByPerson = state.stopping === 'draining' || state.stopping === 'cancelling'
  if (stoppedByPerson && cancelled > 0) return 'cancelled'
  return failed + blocked + cancelled + state.misplaced > 0 ? 'failed' : 'completed'
}
