/** What earlier runs knew, so that reasons can say what was and what is. */
import type { TaskIdentity } from '../model/plan.ts'
import type { PastRuns } from '../plan/decide/explain.ts'
import { idOfDataset } from '../plan/graph/naming.ts'
import { runById, taskIdentities } from '../store/sqlite/runs.ts'
import { digestOf, inputsOf, type RunRecord, readRun } from './run-record.ts'
import type { Session } from './session.ts'

/** Reads what is asked of each run once. */
export function pastRuns(session: Session): PastRuns {
  const identities = new Map<number, readonly TaskIdentity[]>()
  const records = new Map<number, RunRecord | undefined>()
  const recordOf = (id: number): RunRecord | undefined => {
    if (!records.has(id)) {
      const row = runById(session.database, id)
      records.set(id, row === undefined ? undefined : readRun(session, row))
    }
    return records.get(id)
  }
  return {
    identities: (id) => {
      const found = identities.get(id) ?? taskIdentities(session.database, id)
      identities.set(id, found)
      return found
    },
    inputsOf: (execution) => {
      const record = recordOf(session.history.run(execution))
      if (record === undefined) return undefined
      const seen = inputsOf(record.graph, session.history.quantum(execution))
      return new Map(seen.map((d) => [idOfDataset(record.graph, d), digestOf(record, d) ?? '']))
    },
  }
}
