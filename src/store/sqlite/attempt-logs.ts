/** Standard output and error of attempts: small ones in rows, larger ones as files under `.heddle/logs/RUN/`. */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { AttemptOutput } from '../../engine/store.ts'

/** Where an attempt's log is. */
export type AttemptLogPlace =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string }

/** Keeps logs within the caller's transaction; files move into `folder` first. */
export function attemptLogKeeper(
  database: DatabaseSync,
  folder: string,
): (run: { readonly id: number; readonly name: string }, outputs: readonly AttemptOutput[]) => void {
  const insert = database.prepare('INSERT OR REPLACE INTO logs (run, q, attempt, file, text) VALUES (?, ?, ?, ?, ?)')
  return (run, outputs) => {
    for (const { q, attempt, text } of outputs) {
      if (text instanceof Uint8Array) {
        insert.run(run.id, q, attempt, null, text)
        continue
      }
      const file = `${run.name}/${q}-${attempt}.log`
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      renameSync(text.path, join(folder, file))
      insert.run(run.id, q, attempt, file, null)
    }
  }
}

/** Finds the log of an attempt; one without output, or whose file a person deleted, has none. */
export function findAttemptLog(database: DatabaseSync, folder: string, run: number, q: number, attempt: number): AttemptLogPlace {
  const row = database.prepare('SELECT file, text FROM logs WHERE run = ? AND q = ? AND attempt = ?').get(run, q, attempt) as
    | { file: string | null; text: Uint8Array | null }
    | undefined
  if (row === undefined) return { kind: 'none' }
  if (row.file === null) return { kind: 'inline', bytes: row.text ?? new Uint8Array() }
  const path = join(folder, row.file)
  return existsSync(path) ? { kind: 'file', path } : { kind: 'none' }
}

/** The whole log of an attempt as bytes. */
export function readAttemptLog(place: AttemptLogPlace): Uint8Array {
  if (place.kind === 'file') return readFileSync(place.path)
  return place.kind === 'inline' ? place.bytes : new Uint8Array()
}
