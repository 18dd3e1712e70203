/** Signals to process groups, and the exit codes that stand for signals. */
import { constants } from 'node:os'
import { survivors } from './processes.ts'

/** Time between TERM and KILL. */
export const GRACE_MS = 5000

const NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]))

/** Name of the signal that an exit code of `sh` stands for (128 + n), or null. */
export function signalOfExitCode(code: number): string | null {
  return code > 128 ? (NAMES.get(code - 128) ?? null) : null
}

/** Sends a signal to a process, or with a negative id to a group; false when there is none any more. */
export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

/** Ends the sessions that `leaders` lead and everything that carries `mark`: TERM, up to `graceMs` of patience, KILL. Resolves when nothing is left. */
export async function endSessions(leaders: readonly number[], mark: string, graceMs: number): Promise<void> {
  const led = new Set(leaders)
  // Descendants that left the group are known only by their mark, so they are looked for before their parents go.
  for (const pid of survivors(led, mark)) send(pid, 'SIGTERM')
  const deadline = performance.now() + graceMs
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    const left = survivors(led, mark)
    if (left.length === 0) return
    if (performance.now() >= deadline) for (const pid of left) send(pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
