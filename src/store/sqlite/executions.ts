/** Rows of `executions`: appended a turn, read whole for the history, or one output at a time. */
import type { DatabaseSync } from 'node:sqlite'
import { type Execution, type ExecutionRecord, MOST_EXECUTIONS } from '../../model/history.ts'
import { ExecutionBatch, packExecutions } from './execution-batch.ts'

/** A batch with the place it has in the log. */
export interface StoredBatch {
  readonly seq: number
  readonly run: number
  readonly batch: ExecutionBatch
}

/** Appends a turn's executions within the caller's transaction. */
export function appendExecutions(database: DatabaseSync): (seq: number, run: number, executions: readonly ExecutionRecord[]) => void {
  const insert = database.prepare('INSERT INTO executions (seq, run, count, records, inline) VALUES (?, ?, ?, ?, ?)')
  return (seq, run, executions) => {
    if (executions.length > MOST_EXECUTIONS)
      throw new Error(`${executions.length} executions in one commit; at most ${MOST_EXECUTIONS} have numbers`)
    const { records, inline } = packExecutions(executions)
    insert.run(seq, run, executions.length, records, inline)
  }
}

/** Every batch, oldest first, without inline bytes. */
export function readBatches(database: DatabaseSync): readonly StoredBatch[] {
  const select = database.prepare('SELECT seq, run, count, records FROM executions ORDER BY seq')
  select.setReturnArrays(true)
  const rows = select.all() as unknown as [number, number, number, Uint8Array][]
  return rows.map(([seq, run, count, records]) => ({ seq, run, batch: new ExecutionBatch(count, records) }))
}

/** Reads the inline bytes of outputs, each by its place. */
export function inlineReader(database: DatabaseSync): (seq: number, at: number, length: number) => Uint8Array | undefined {
  const select = database.prepare('SELECT substr(inline, ?, ?) AS bytes FROM executions WHERE seq = ?')
  return (seq, at, length) => (select.get(at + 1, length, seq) as { bytes: Uint8Array } | undefined)?.bytes
}

/** Reads the inline bytes of output j of any committed execution, without a history. */
export function inlineOutputReader(database: DatabaseSync): (execution: Execution, j: number) => Uint8Array | undefined {
  const select = database.prepare('SELECT count, records FROM executions WHERE seq = ?')
  const read = inlineReader(database)
  return (execution, j) => {
    const seq = Math.floor(execution / MOST_EXECUTIONS)
    const row = select.get(seq) as { count: number; records: Uint8Array } | undefined
    if (row === undefined) return undefined
    const place = new ExecutionBatch(row.count, row.records).inline(execution % MOST_EXECUTIONS, j)
    return place === undefined ? undefined : read(seq, place.at, place.length)
  }
}
