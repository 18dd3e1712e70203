/** The event log: one row a turn; read by anyone, at any time, from any place. */
import { watch } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '../../model/events.ts'

/** The events of one turn. */
export interface LogEntry {
  readonly seq: number
  readonly run: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly events: readonly Event[]
}

/** Appends a turn within the caller's transaction and gives back its sequence. */
export function appendLog(database: DatabaseSync): (run: number, at: number, events: readonly Event[]) => number {
  const insert = database.prepare('INSERT INTO log (run, at, events) VALUES (?, ?, ?)')
  return (run, at, events) => Number(insert.run(run, at, JSON.stringify(events)).lastInsertRowid)
}

/** The turns of a run behind `after` (0: all), oldest first. */
export function* readLog(database: DatabaseSync, run: number, after = 0): Iterable<LogEntry> {
  const select = database.prepare('SELECT seq, run, at, events FROM log WHERE run = ? AND seq > ? ORDER BY seq')
  for (const row of select.iterate(run, after) as Iterable<{ seq: number; run: number; at: number; events: string }>) {
    yield { seq: row.seq, run: row.run, at: row.at, events: JSON.parse(row.events) as Event[] }
  }
}

/** Every event of a run, oldest first. */
export function* readEvents(database: DatabaseSync, run: number): Iterable<Event> {
  for (const entry of readLog(database, run)) yield* entry.events
}

/** How a follower waits. */
export interface Following {
  readonly after: number
  /** Asked when nothing happened for a while: false ends the following (the run's engine is gone). */
  readonly isAlive: () => boolean
  readonly signal: AbortSignal
}

/** Longest wait before a look without being told, for file systems that tell nothing. */
const LOOK_MS = 250

/** The turns of a run as they are committed, by whichever process, until the run is over. */
export async function* followLog(database: DatabaseSync, file: string, run: number, options: Following): AsyncIterable<LogEntry> {
  const change = changes(dirname(file), options.signal)
  const state = database.prepare('SELECT state FROM runs WHERE id = ?')
  let after = options.after
  try {
    while (!options.signal.aborted) {
      const running = (state.get(run) as { state: string } | undefined)?.state === 'running'
      let moved = false
      for (const entry of readLog(database, run, after)) {
        moved = true
        after = entry.seq
        yield entry
      }
      if (moved) continue
      if (!running) return
      if ((await change.next()) === 'quiet' && !options.isAlive()) {
        yield* readLog(database, run, after)
        return
      }
    }
  } finally {
    change.close()
  }
}

function changes(folder: string, signal: AbortSignal): { next(): Promise<'changed' | 'quiet'>; close(): void } {
  let told = false
  let wake: (() => void) | undefined
  const tell = (): void => {
    told = true
    wake?.()
  }
  const watcher = watch(folder, { persistent: false }, tell)
  watcher.on('error', () => watcher.close())
  signal.addEventListener('abort', tell)
  return {
    next: () =>
      new Promise((resolve) => {
        const finish = (what: 'changed' | 'quiet'): void => {
          wake = undefined
          told = false
          clearTimeout(timer)
          resolve(what)
        }
        const timer = setTimeout(() => finish('quiet'), LOOK_MS)
        wake = () => finish('changed')
        if (told) wake()
      }),
    close: () => {
      watcher.close()
      signal.removeEventListener('abort', tell)
    },
  }
}
