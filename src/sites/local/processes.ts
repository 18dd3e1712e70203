/** What `/proc` tells about processes of this machine; everything is undefined or empty where there is no `/proc`. */
import { readdirSync, readFileSync } from 'node:fs'

/** Ticks of `/proc` times a second; Linux shows 100 on every architecture. */
const TICKS = 100

/** One process, as `/proc/PID/stat` shows it. */
export interface ProcessFacts {
  readonly pid: number
  /** `R`, `S`, `D`, `Z` …; `Z` is dead and waits for its parent. */
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly session: number
  /** CPU seconds of its own. */
  readonly cpuSeconds: number
  /** CPU seconds of its children that ended and were waited for. */
  readonly childSeconds: number
  /** Clock ticks since boot; with the pid it identifies a process. */
  readonly startTicks: number
}

/** Facts of a process, or undefined when there is none. */
export function processFacts(pid: number): ProcessFacts | undefined {
  const text = readProc(`${pid}/stat`)
  if (text === undefined) return undefined
  // The name in parentheses may hold anything, parentheses too.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const number = (index: number): number => Number(fields[index])
  return {
    pid,
    state: fields[0] ?? '',
    parent: number(1),
    group: number(2),
    session: number(3),
    cpuSeconds: (number(11) + number(12)) / TICKS,
    childSeconds: (number(13) + number(14)) / TICKS,
    startTicks: number(19),
  }
}

/** A process and all its descendants that still have their parents. */
export function processTree(pid: number): number[] {
  const found = [pid]
  for (let at = 0; at < found.length; at++) {
    for (const thread of listProc(`${found[at]}/task`)) {
      const children = readProc(`${found[at]}/task/${thread}/children`) ?? ''
      for (const child of children.split(' ')) if (child !== '') found.push(Number(child))
    }
  }
  return found
}

/** Living processes that one of `leaders` leads as session or group, or whose environment has a variable that begins with `mark`. */
export function survivors(leaders: ReadonlySet<number>, mark: string): number[] {
  return listProc('')
    .map(Number)
    .filter((pid) => {
      if (!(pid > 1) || pid === process.pid) return false
      const facts = processFacts(pid)
      if (facts === undefined || facts.state === 'Z') return false
      return leaders.has(facts.session) || leaders.has(facts.group) || `\0${readProc(`${pid}/environ`) ?? ''}`.includes(`\0${mark}`)
    })
}

/** Memory of a process in bytes: now, and the most it ever had. */
export function processMemory(pid: number): { readonly now: number; readonly peak: number } | undefined {
  const status = readProc(`${pid}/status`)
  if (status === undefined) return undefined
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0) * 1024
  return { now: field('VmRSS'), peak: field('VmHWM') }
}

/** Memory of a process with shared pages counted by their share; slow, so only for a decision that hurts. */
export function proportionalMemory(pid: number): number {
  return Number(/^Pss:\s*(\d+)/m.exec(readProc(`${pid}/smaps_rollup`) ?? '')?.[1] ?? 0) * 1024
}

/** How many processes the kernel has killed for want of memory since it booted. */
export function outOfMemoryKills(): number {
  return Number(/^oom_kill (\d+)/m.exec(readProc('vmstat') ?? '')?.[1] ?? 0)
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'latin1')
  } catch {
    // The process ended, belongs to someone else, or there is no /proc: all the same to the caller.
    return undefined
  }
}

function listProc(path: string): string[] {
  try {
    return readdirSync(`/proc/${path}`)
  } catch {
    return []
  }
}
