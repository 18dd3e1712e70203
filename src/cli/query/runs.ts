/** `heddle query runs`: every run, newest first. */
import { listRuns } from '../../store/sqlite/runs.ts'
import { stateOf } from '../engine-alive.ts'
import type { Session } from '../session.ts'
import type { Row } from './rows.ts'

/** One row a run. */
export function* runRows(session: Session): Iterable<Row> {
  for (const run of listRuns(session.database)) {
    yield {
      run: run.name,
      state: stateOf(session, run),
      pipeline: run.pipeline,
      started: new Date(run.started).toISOString(),
      finished: run.finished === null ? null : new Date(run.finished).toISOString(),
      seconds: run.finished === null ? null : (run.finished - run.started) / 1000,
      counts: run.counts === null ? null : { ...run.counts },
      graph: run.graph,
      ...run.request,
    }
  }
}
