/** Whether the engine of a run is still there. */
import { join } from 'node:path'
import type { RunState } from '../model/states.ts'
import { type LockHolder, lockHolder } from '../store/sqlite/project-lock.ts'
import type { RunRow } from '../store/sqlite/runs.ts'
import type { Session } from './session.ts'

/** Who runs something in this project now, or undefined. */
export function engineOf({ place }: Pick<Session, 'place'>): LockHolder | undefined {
  return lockHolder(join(place.store, 'lock'))
}

/** A run's state as it is now: one that still reads `running` without an engine was interrupted. */
export function stateOf(session: Pick<Session, 'place'>, run: RunRow): RunState {
  if (run.state !== 'running') return run.state
  return engineOf(session)?.run === run.name ? 'running' : 'interrupted'
}
