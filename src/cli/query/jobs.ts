/** `heddle query jobs`: every attempt of a run. */
import type { Event } from '../../model/events.ts'
import type { QuantumGraph } from '../../model/graph.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import type { LogEntry } from '../../store/sqlite/log.ts'
import type { Row } from './rows.ts'

interface Attempt {
  readonly q: number
  readonly attempt: number
  readonly site: string
  readonly submitted: number
  started: number | null
  ended: number | null
  state: string
  exitCode: number | null
  signal: string | null
  cause: string | null
  cpuSeconds: number | null
  peakMemoryBytes: number | null
  wallSeconds: number | null
}

/** One row an attempt, in the order of submission. */
export function* jobRows(run: string, graph: QuantumGraph, entries: Iterable<LogEntry>, wanted: (id: string) => boolean): Iterable<Row> {
  const attempts = new Map<number, Attempt>()
  const done: Attempt[] = []
  for (const { at, events } of entries) for (const event of events) note(attempts, done, event, at)
  for (const attempt of done) {
    const quantum = idOfQuantum(graph, attempt.q)
    if (!wanted(quantum)) continue
    yield {
      id: `${quantum}#${attempt.attempt}`,
      quantum,
      attempt: attempt.attempt,
      state: attempt.state,
      run,
      site: attempt.site,
      submitted: new Date(attempt.submitted).toISOString(),
      started: attempt.started === null ? null : new Date(attempt.started).toISOString(),
      ended: attempt.ended === null ? null : new Date(attempt.ended).toISOString(),
      seconds: attempt.wallSeconds,
      cpuSeconds: attempt.cpuSeconds,
      peakMemoryBytes: attempt.peakMemoryBytes,
      exitCode: attempt.exitCode,
      signal: attempt.signal,
      cause: attempt.cause,
    }
  }
}

function note(attempts: Map<number, Attempt>, all: Attempt[], event: Event, at: number): void {
  if (event.event === 'JobSubmitted') {
    const attempt: Attempt = {
      q: event.q,
      attempt: event.attempt,
      site: event.site,
      submitted: at,
      started: null,
      ended: null,
      state: 'new',
      exitCode: null,
      signal: null,
      cause: null,
      cpuSeconds: null,
      peakMemoryBytes: null,
      wallSeconds: null,
    }
    attempts.set(event.q, attempt)
    all.push(attempt)
    return
  }
  if (!('q' in event)) return
  const attempt = attempts.get(event.q)
  if (attempt === undefined) return
  if (event.event === 'JobStateChanged') {
    attempt.state = event.state
    if (event.state === 'active') attempt.started = at
  } else if (event.event === 'QuantumCompleted') {
    end(attempt, 'completed', at)
    attempt.exitCode = event.noWork === null ? 0 : null
    use(attempt, event.usage)
  } else if (event.event === 'QuantumFailed' || event.event === 'QuantumRetried') {
    end(attempt, 'failed', at)
    attempt.exitCode = event.exitCode
    attempt.cause = event.event === 'QuantumFailed' ? event.cause : event.because
    if (event.event === 'QuantumFailed') {
      attempt.signal = event.signal
      use(attempt, event.usage)
    }
  } else if (event.event === 'QuantumCancelled') end(attempt, 'cancelled', at)
}

function end(attempt: Attempt, state: string, at: number): void {
  attempt.state = state
  attempt.ended = at
}

function use(
  attempt: Attempt,
  usage: { readonly wallSeconds: number; readonly cpuSeconds: number | null; readonly peakMemoryBytes: number | null } | null,
): void {
  attempt.wallSeconds = usage?.wallSeconds ?? null
  attempt.cpuSeconds = usage?.cpuSeconds ?? null
  attempt.peakMemoryBytes = usage?.peakMemoryBytes ?? null
}
