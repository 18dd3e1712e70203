/** The store that the engine commits to, in SQLite: one transaction a turn. */
import type { DatabaseSync } from 'node:sqlite'
import type { LeftRun, ProcessIdentity, RunStore } from '../../engine/store.ts'
import { attemptLogKeeper } from './attempt-logs.ts'
import { appendExecutions, inlineOutputReader } from './executions.ts'
import { appendLog } from './log.ts'
import { finishRun, insertRun, runById } from './runs.ts'
import { withStoreErrors } from './store-errors.ts'

/** Makes the engine's store of an open database; large logs go to `logsFolder`. `file` is for messages. */
export function openRunStore(database: DatabaseSync, options: { readonly file: string; readonly logsFolder: string }): RunStore {
  const log = appendLog(database)
  const executions = appendExecutions(database)
  const keepLogs = attemptLogKeeper(database, options.logsFolder)
  const transaction = <T>(work: () => T): T => withStoreErrors(options.file, () => inTransaction(database, work))
  return {
    beginRun: (request, at, first) =>
      transaction(() => {
        const { id, name } = insertRun(database, request, at)
        return { id, name, startedAt: at, at, seq: log(id, at, [first(name)]) }
      }),
    commit: (run, turn, at) =>
      transaction(() => {
        const seq = log(run.id, at, turn.events)
        if (turn.executions.length > 0) executions(seq, run.id, turn.executions)
        keepLogs(run, turn.outputs)
        for (const event of turn.events) if (event.event === 'RunFinished') finishRun(database, run.id, event.state, at, event.counts)
        return { seq, at }
      }),
    inline: inlineOutputReader(database),
    runName: (id) => runById(database, id)?.name ?? `run ${id}`,
    leftRuns: () => leftRuns(database),
    closeRun: (id, state, at) =>
      transaction(() => {
        finishRun(database, id, state, at, undefined)
        database.prepare('DELETE FROM processes WHERE run = ?').run(id)
      }),
    ...processTable(database, transaction),
  }
}

function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite ends the transaction by itself when the disk is full.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function processTable(
  database: DatabaseSync,
  transaction: (work: () => void) => void,
): Pick<RunStore, 'processStarted' | 'processesEnded'> {
  const insert = database.prepare('INSERT OR REPLACE INTO processes (pid, started, boot, run) VALUES (?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM processes WHERE run = ?')
  return {
    processStarted: (run, process) => transaction(() => void insert.run(process.pid, process.started, process.boot, run.id)),
    processesEnded: (run) => transaction(() => void remove.run(run.id)),
  }
}

function leftRuns(database: DatabaseSync): readonly LeftRun[] {
  const processes = database.prepare('SELECT pid, started, boot FROM processes WHERE run = ?')
  const runs = database
    .prepare(`SELECT id, name, started AS startedAt FROM runs WHERE state = 'running' ORDER BY id`)
    .all() as unknown as Omit<LeftRun, 'processes'>[]
  return runs.map((run) => ({ ...run, processes: processes.all(run.id) as unknown as ProcessIdentity[] }))
}
