/** Logs of attempts as files that workers write: small ones are read, large ones handed over. */
import { readFileSync, renameSync, statSync } from 'node:fs'
import type { AttemptLog } from '../../engine/job.ts'

/** Largest log that travels in a report, bytes. */
export const INLINE_LOG_BYTES = 65536

/** Takes the log out of a file; a large one is renamed to `path.SEQUENCE`, which is then the receiver's. */
export function takeLog(path: string, sequence: number): AttemptLog {
  try {
    const { size } = statSync(path)
    if (size === 0) return { kind: 'none' }
    if (size <= INLINE_LOG_BYTES) return { kind: 'inline', bytes: readFileSync(path) }
    const kept = `${path}.${sequence}`
    renameSync(path, kept)
    return { kind: 'file', path: kept, bytes: size }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' }
    throw error
  }
}
