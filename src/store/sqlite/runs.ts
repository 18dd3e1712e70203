/** The table of runs: their names, their state, what they were asked. */
import type { DatabaseSync } from 'node:sqlite'
import type { RunRequest } from '../../engine/store.ts'
import { HeddleError } from '../../model/errors.ts'
import type { Counts } from '../../model/events.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { TaskIdentity } from '../../model/plan.ts'
import type { RunState } from '../../model/states.ts'
import type { Json } from '../../model/value.ts'

/** A run as it is kept. Times in ms since 1970. */
export interface RunRow {
  readonly id: number
  readonly name: string
  readonly state: RunState
  readonly started: number
  readonly finished: number | null
  readonly pipeline: string
  /** Digest of the graph file. */
  readonly graph: string
  readonly request: Readonly<Record<string, Json>>
  readonly counts: Counts | null
}

interface RawRow {
  readonly id: number
  readonly name: string
  readonly state: RunState
  readonly started: number
  readonly finished: number | null
  readonly pipeline: string
  readonly graph: string
  readonly request: string
  readonly counts: string | null
}

const COLUMNS = 'id, name, state, started, finished, pipeline, graph, request, counts'

/** `20261121-082405-climate`; a further run of the same second gets `-2`. */
function runName(database: DatabaseSync, pipeline: string, at: number): string {
  const [day, time] = new Date(at).toISOString().split('T') as [string, string]
  const base = `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${pipeline}`
  const taken = database.prepare('SELECT 1 FROM runs WHERE name = ?')
  let name = base
  for (let n = 2; taken.get(name) !== undefined; n++) name = `${base}-${n}`
  return name
}

/** Enters a run within the caller's transaction. */
export function insertRun(database: DatabaseSync, request: RunRequest, at: number): { readonly id: number; readonly name: string } {
  const name = runName(database, request.pipeline, at)
  const { reused } = request
  const insert = database.prepare(
    `INSERT INTO runs (name, state, started, pipeline, graph, request, tasks, reused) VALUES (?, 'running', ?, ?, ?, ?, ?, ?)`,
  )
  const bytes = reused.some((execution) => execution !== 0) ? new Uint8Array(reused.buffer, reused.byteOffset, reused.byteLength) : null
  const { lastInsertRowid } = insert.run(
    name,
    at,
    request.pipeline,
    request.graph,
    JSON.stringify(request.request),
    JSON.stringify(request.tasks),
    bytes,
  )
  return { id: Number(lastInsertRowid), name }
}

/** Notes that a run is over. */
export function finishRun(database: DatabaseSync, id: number, state: RunState, at: number, counts: Counts | undefined): void {
  const json = counts === undefined ? null : JSON.stringify(counts)
  database.prepare('UPDATE runs SET state = ?, finished = ?, counts = coalesce(?, counts) WHERE id = ?').run(state, at, json, id)
}

/** Every run, newest first. */
export function listRuns(database: DatabaseSync, limit = -1): readonly RunRow[] {
  const rows = database.prepare(`SELECT ${COLUMNS} FROM runs ORDER BY id DESC LIMIT ?`).all(limit) as unknown as RawRow[]
  return rows.map(toRow)
}

/** The run with this number. */
export function runById(database: DatabaseSync, id: number): RunRow | undefined {
  const row = database.prepare(`SELECT ${COLUMNS} FROM runs WHERE id = ?`).get(id) as RawRow | undefined
  return row === undefined ? undefined : toRow(row)
}

/** The run that a person names: its id, an unambiguous beginning of it, `last` or `last~N`. Throws `unknown-run`. */
export function resolveRun(database: DatabaseSync, text: string): RunRow {
  const last = /^last(?:~(\d+))?$/.exec(text)
  if (last !== null) {
    const back = Number(last[1] ?? 0)
    const row = database.prepare(`SELECT ${COLUMNS} FROM runs ORDER BY id DESC LIMIT 1 OFFSET ?`).get(back) as RawRow | undefined
    if (row !== undefined) return toRow(row)
    const { n } = database.prepare('SELECT count(*) AS n FROM runs').get() as { n: number }
    throw new HeddleError('unknown-run', n === 0 ? 'there is no run yet' : `${text} goes back ${back}, but there are ${n} runs`, {
      hint: n === 0 ? 'start one with heddle run' : 'heddle query runs lists them',
    })
  }
  const exact = database.prepare(`SELECT ${COLUMNS} FROM runs WHERE name = ?`).get(text) as RawRow | undefined
  if (exact !== undefined) return toRow(exact)
  const like = database
    .prepare(`SELECT ${COLUMNS} FROM runs WHERE substr(name, 1, ?) = ? LIMIT 2`)
    .all(text.length, text) as unknown as RawRow[]
  if (like.length === 1 && text !== '') return toRow(like[0] as RawRow)
  const names = (database.prepare('SELECT name FROM runs ORDER BY id DESC LIMIT 1000').all() as { name: string }[]).map((row) => row.name)
  const what =
    like.length > 1
      ? `${JSON.stringify(text)} begins the names of several runs`
      : `there is no run ${JSON.stringify(text)}${didYouMean(text, names)}`
  throw new HeddleError('unknown-run', what, { hint: 'heddle query runs lists them; last and last~1 name the newest' })
}

/** Execution that stood in for each quantum when the run began, or 0; undefined when nothing was reused. */
export function reusedExecutions(database: DatabaseSync, id: number): Float64Array | undefined {
  const { reused } = database.prepare('SELECT reused FROM runs WHERE id = ?').get(id) as { reused: Uint8Array | null }
  return reused === null ? undefined : new Float64Array(reused.slice().buffer)
}

/** What the identities of a run's tasks were made of. */
export function taskIdentities(database: DatabaseSync, id: number): readonly TaskIdentity[] {
  const { tasks } = database.prepare('SELECT tasks FROM runs WHERE id = ?').get(id) as { tasks: string }
  return JSON.parse(tasks) as TaskIdentity[]
}

function toRow(row: RawRow): RunRow {
  return {
    ...row,
    request: JSON.parse(row.request) as Record<string, Json>,
    counts: row.counts === null ? null : (JSON.parse(row.counts) as Counts),
  }
}
