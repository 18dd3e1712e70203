/** What recent runs reused: it says which execution of a quantum is the one that counts now. */
import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '../../model/events.ts'
import type { Execution } from '../../model/history.ts'
import { reusedExecutions } from './runs.ts'

/** Executions that stood in during a run; 0 is none. */
export interface Reuse {
  readonly run: number
  readonly executions: ArrayLike<Execution>
}

/** Reuse by the newest run of each pipeline that took all of it, and by the runs since, oldest first; earlier ones are superseded. */
export function recentReuse(database: DatabaseSync): readonly Reuse[] {
  const select = database.prepare('SELECT id, pipeline, request FROM runs ORDER BY id DESC')
  const covered = new Set<string>()
  const found: Reuse[] = []
  for (const row of select.iterate()) {
    const { id, pipeline, request } = row as { id: number; pipeline: string; request: string }
    if (covered.has(pipeline)) continue
    if (tookAll(JSON.parse(request) as Selection)) covered.add(pipeline)
    const executions = reusedExecutions(database, id)
    if (executions !== undefined) found.push({ run: id, executions })
    const live = liveReuse(database, id)
    if (live.length > 0) found.push({ run: id, executions: live })
  }
  return found.reverse()
}

/** Executions that stood in once the inputs of their quanta existed. */
function liveReuse(database: DatabaseSync, run: number): Execution[] {
  const select = database.prepare(`SELECT events FROM log WHERE run = ? AND events LIKE '%"QuantumReused"%'`)
  return (select.all(run) as { events: string }[]).flatMap(({ events }) =>
    (JSON.parse(events) as Event[]).flatMap((event) => (event.event === 'QuantumReused' ? [Number(event.from)] : [])),
  )
}

/** What a run's request says of its selection. */
interface Selection {
  readonly where?: string | null
  readonly tasks?: readonly string[] | null
  readonly wanted?: readonly string[] | null
}

function tookAll({ where, tasks, wanted }: Selection): boolean {
  return (where ?? '') === '' && (tasks ?? []).length === 0 && (wanted ?? []).length === 0
}
