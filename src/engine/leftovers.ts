/** Ends what an engine that is gone left running on this machine. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { LeftRun, ProcessIdentity } from './store.ts'

const GRACE_MS = 2000
const LOOK_MS = 20

/** Tells one boot of this machine from the next; empty where the system does not say. */
export function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

/** Ends every process of a run, gently and then not, and waits until they are gone. Returns how many there were. */
export async function endLeftovers(run: Pick<LeftRun, 'name' | 'processes'>, projectFolder: string): Promise<number> {
  const boot = bootId()
  const leaders = run.processes.filter((process) => process.boot === boot)
  const look = (): number[] => leftovers(leaders, [`HEDDLE_RUN=${run.name}`, `HEDDLE_PROJECT=${projectFolder}`])
  const found = look()
  signalAll(found, 'SIGTERM')
  for (let waited = 0; waited < GRACE_MS && look().length > 0; waited += LOOK_MS) await pause(LOOK_MS)
  for (let left = look(); left.length > 0; left = look()) {
    signalAll(left, 'SIGKILL')
    await pause(LOOK_MS)
  }
  return found.length
}

/** Processes that are, or are in the group of, a leader that still lives, or that carry all marks in their environment. */
function leftovers(leaders: readonly ProcessIdentity[], marks: readonly string[]): number[] {
  const living = new Set(leaders.filter(({ pid, started }) => facts(pid)?.started === started).map(({ pid }) => pid))
  return processIds().filter((pid) => {
    const found = facts(pid)
    if (found === undefined || pid === process.pid) return false
    if (living.has(pid) || living.has(found.group) || living.has(found.session)) return true
    const environment = readText(`/proc/${pid}/environ`)?.split('\0')
    return environment !== undefined && marks.every((mark) => environment.includes(mark))
  })
}

interface Facts {
  readonly group: number
  readonly session: number
  readonly started: number
}

/** Facts of a process that lives; a zombie does not. */
function facts(pid: number): Facts | undefined {
  const text = readText(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // The name in parentheses may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : { group: Number(fields[2]), session: Number(fields[3]), started: Number(fields[19]) }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 1)
  } catch {
    // A system without /proc: its processes end by themselves when their pipes close.
    return []
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // It ended meanwhile, or is somebody else's.
    return undefined
  }
}

function signalAll(pids: readonly number[], signal: 'SIGTERM' | 'SIGKILL'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
