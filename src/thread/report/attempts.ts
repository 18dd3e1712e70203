/** The attempts of a run as columns, read from its events, and when each of them was at work. */
import type { Event, Usage } from '../../model/events.ts'

/** How an attempt ended; the index is its code in columns. */
export const ENDINGS = ['unfinished', 'completed', 'noWork', 'failed', 'retried', 'cancelled'] as const
export type Ending = (typeof ENDINGS)[number]

/** One turn of the log. */
export interface Turn {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly events: readonly Event[]
}

/** Every attempt, in the order in which they were handed out. NaN where nothing is known. */
export interface Attempts {
  readonly count: number
  readonly q: Uint32Array
  readonly attempt: Uint32Array
  /** -1: it never began. */
  readonly slot: Int32Array
  /** Codes of {@link ENDINGS}. */
  readonly ending: Uint8Array
  /** Seconds since the run began. */
  readonly start: Float64Array
  readonly wallSeconds: Float64Array
  readonly cpuSeconds: Float64Array
  readonly peakMemoryBytes: Float64Array
}

interface Seen {
  readonly q: number
  readonly attempt: number
  readonly submitted: number
  slot: number
  began: number
  /** How many attempts of the run began before it. */
  turn: number
  ended: number
  ending: Ending
  wall: number
  cpu: number
  memory: number
}

interface Reading {
  readonly all: Seen[]
  /** The present attempt of each quantum. */
  readonly current: Map<number, Seen>
  began: number
}

/** What bounds the run, ms since 1970. */
export interface RunBounds {
  readonly started: number
  readonly ended: number
}

/** Reads the attempts of a run. */
export function readAttempts(turns: Iterable<Turn>, bounds: RunBounds): Attempts {
  const reading: Reading = { all: [], current: new Map(), began: 0 }
  for (const { at, events } of turns) {
    for (const event of events) note(reading, event, at)
  }
  const { all } = reading
  const count = all.length
  const columns = {
    count,
    q: Uint32Array.from(all, ({ q }) => q),
    attempt: Uint32Array.from(all, ({ attempt }) => attempt),
    slot: Int32Array.from(all, ({ slot }) => slot),
    ending: Uint8Array.from(all, ({ ending }) => ENDINGS.indexOf(ending)),
    start: new Float64Array(count).fill(Number.NaN),
    wallSeconds: Float64Array.from(all, ({ wall }) => wall),
    cpuSeconds: Float64Array.from(all, ({ cpu }) => cpu),
    peakMemoryBytes: Float64Array.from(all, ({ memory }) => memory),
  }
  place(all, columns, bounds)
  return columns
}

function note(reading: Reading, event: Event, at: number): void {
  const { all, current } = reading
  if (event.event === 'JobSubmitted') {
    const { q, attempt } = event
    const seen: Seen = {
      q,
      attempt,
      submitted: at,
      slot: -1,
      began: Number.NaN,
      turn: 0,
      ended: Number.NaN,
      ending: 'unfinished',
      wall: Number.NaN,
      cpu: Number.NaN,
      memory: Number.NaN,
    }
    all.push(seen)
    current.set(q, seen)
    return
  }
  const seen = 'q' in event ? current.get(event.q) : undefined
  if (seen === undefined || seen.ending !== 'unfinished') return
  switch (event.event) {
    case 'JobStateChanged':
      if (event.state !== 'active') return
      seen.began = at
      seen.turn = reading.began++
      seen.slot = Number(/\d+$/.exec(event.native)?.[0] ?? 0)
      return
    case 'QuantumCompleted':
      return end(seen, event.noWork === null ? 'completed' : 'noWork', at, event.usage)
    case 'QuantumFailed':
      return end(seen, 'failed', at, event.usage)
    case 'QuantumRetried':
      return end(seen, 'retried', at, null)
    case 'QuantumCancelled':
      return end(seen, 'cancelled', at, null)
    default:
  }
}

function end(seen: Seen, ending: Ending, at: number, usage: Usage | null): void {
  seen.ending = ending
  seen.ended = at
  seen.wall = usage?.wallSeconds ?? Number.NaN
  seen.cpu = usage?.cpuSeconds ?? Number.NaN
  seen.memory = usage?.peakMemoryBytes ?? Number.NaN
}

/**
 * Works out when each attempt began. The log knows the time of commits, and a commit may hold many ends of one slot; but an attempt knows how
 * long it took, and a slot does one thing at a time: so ends are laid out backwards from each commit.
 */
function place(all: readonly Seen[], columns: Attempts, { started, ended }: RunBounds): void {
  const slots = new Map<number, number[]>()
  all.forEach(({ slot }, n) => {
    if (slot < 0) return
    const list = slots.get(slot)
    if (list === undefined) slots.set(slot, [n])
    else list.push(n)
  })
  for (const list of slots.values()) {
    let before = Number.POSITIVE_INFINITY
    list.sort((a, b) => (all[b] as Seen).turn - (all[a] as Seen).turn)
    for (const n of list) {
      const seen = all[n] as Seen
      const end = Math.min(Number.isNaN(seen.ended) ? ended : seen.ended, before)
      const known = Number.isNaN(seen.wall) ? end - seen.began : seen.wall * 1000
      const start = Math.max(seen.submitted, end - known)
      before = Math.max(started, Math.min(start, end))
      columns.start[n] = (before - started) / 1000
      columns.wallSeconds[n] = Math.max(0, known) / 1000
    }
  }
}
