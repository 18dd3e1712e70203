/** The newest run in which a quantum had an attempt. */
import { HeddleError } from '../model/errors.ts'
import { listRuns, resolveRun } from '../store/sqlite/runs.ts'
import { quantumNamed } from './named.ts'
import { type RunRecord, readRun } from './run-record.ts'
import type { Session } from './session.ts'

/** How far back runs are looked through. */
const MOST_RUNS = 200

/** Its record and the quantum's number there; or those of the run that was asked for. Throws when it never ran. */
export function recordOfAttempt(session: Session, id: string, run: string | undefined): { readonly record: RunRecord; readonly q: number } {
  const rows = run === undefined ? listRuns(session.database, MOST_RUNS) : [resolveRun(session.database, run)]
  let problem: HeddleError | undefined
  for (const row of rows) {
    try {
      const record = readRun(session, row)
      const q = quantumNamed(record.graph, id)
      if (run !== undefined || (record.attempts[q] as number) > 0) return { record, q }
    } catch (error) {
      // An older run may lack what is named, or its graph.
      if (!(error instanceof HeddleError)) throw error
      problem ??= error
    }
  }
  throw problem ?? new HeddleError('no-attempt', `${id} was never run here`, { hint: '`heddle why` says what the next run does with it' })
}
