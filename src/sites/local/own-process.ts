/** What a worker of TypeScript bodies asks about its own process. */
import { copyFileSync, fstatSync, ftruncateSync, readFileSync, writeFileSync } from 'node:fs'
import { INLINE_LOG_BYTES } from './log-file.ts'

/** The log since the last call, which is then empty. */
export function takeOwnLog(path: string, sequence: number): string | readonly [string, number] | null {
  const { size } = fstatSync(1)
  if (size === 0) return null
  const kept = `${path}.${sequence}`
  const taken = size > INLINE_LOG_BYTES ? ([kept, size] as const) : readFileSync(path).toString('base64')
  // Standard output cannot be turned to another file from here, so a large log is copied.
  if (typeof taken !== 'string') copyFileSync(path, kept)
  ftruncateSync(1)
  return taken
}

/** Most memory since the last call, bytes; null where the kernel does not tell. */
export function peakMemory(): number | null {
  try {
    const found = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'latin1'))
    writeFileSync('/proc/self/clear_refs', '5')
    return found === null ? null : Number(found[1]) * 1024
  } catch {
    // No /proc, or one that cannot be written: the memory is then sampled from outside.
    return null
  }
}
