/** The slots of the local site: which worker gets which job, limits on those that run, and what is reported. */
import type { AttemptLog, LocalRun, QuantumJob, Report } from '../../engine/job.ts'
import { formatBytes, formatSeconds } from '../../model/units.ts'
import { now as clock } from './clock.ts'
import { excessMemory, type Flight, SAMPLED_FROM_MS } from './flight.ts'
import type { Guardian } from './guardian.ts'
import { JobQueue } from './job-queue.ts'
import { failure, type Language, type LanguageName, type WorkerFiles } from './language.ts'
import { endSessions, GRACE_MS } from './signals.ts'
import { Worker, type WorkerListener } from './worker.ts'

/** How often running jobs are looked at, ms. */
const LOOK_MS = 50
/** Jobs of a worker whose current one has run for so long are given to idle slots, ms. */
const STUCK_MS = 40

/** What the slots are made of. */
export interface SlotsOptions {
  readonly count: number
  readonly languages: Readonly<Record<LanguageName, Language>>
  readonly projectFolder: string
  readonly token: string
  readonly listener: (reports: readonly Report[]) => void
  readonly onProcess: (pid: number, startTicks: number) => void
  readonly guardian: Guardian
  /** Files of each language's workers, one a slot. */
  readonly files: Readonly<Record<LanguageName, readonly WorkerFiles[]>>
}

type Attempt = { readonly q: number; readonly attempt: number }

/** Slots with their workers. */
export class Slots implements LocalRun {
  readonly #options: SlotsOptions
  readonly #waiting = new JobQueue()
  /** Attempts that were returned for memory that may not have been theirs. */
  readonly #pardoned = new Set<string>()
  readonly #workers: Map<LanguageName, Worker>[]
  #reports: Report[] = []
  #soon: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: SlotsOptions) {
    this.#options = options
    this.#workers = Array.from({ length: options.count }, () => new Map())
  }

  start(jobs: readonly QuantumJob[]): void {
    this.#waiting.add(jobs)
    this.#turnSoon()
  }

  cancel(attempts: readonly Attempt[]): void {
    const wanted = new Set(attempts.map(keyOf))
    const isWanted = (job: QuantumJob): boolean => wanted.has(keyOf(job))
    for (const worker of this.#all()) {
      this.#waiting.putBack(worker.withdraw())
      if (worker.current !== undefined && isWanted(worker.current.job)) worker.end(failure('cancelled', null, 'SIGTERM'))
    }
    const at = clock()
    for (const job of this.#waiting.remove(isWanted)) {
      const usage = { wallSeconds: 0, cpuSeconds: null, peakMemoryBytes: null }
      const none: AttemptLog = { kind: 'none' }
      this.#reports.push({
        kind: 'ended',
        q: job.q,
        attempt: job.attempt,
        at,
        slot: 0,
        outcome: failure('cancelled before it began'),
        usage,
        log: none,
      })
    }
    this.#turnSoon()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearImmediate(this.#soon)
    clearInterval(this.#timer)
    const all = this.#all()
    const graceMs = all.some((worker) => worker.load > 0) ? GRACE_MS : 0
    const leaders = all.map((worker) => worker.pid).filter((pid) => pid !== undefined)
    const ended = endSessions(leaders, `HEDDLE_WORKER=${this.#options.token}-`, graceMs)
    await Promise.all(all.map((worker) => worker.close(ended)))
  }

  #all(): Worker[] {
    return this.#workers.flatMap((ofSlot) => [...ofSlot.values()])
  }

  #turnSoon(): void {
    this.#soon ??= setImmediate(() => this.#turn())
  }

  /** Gives out jobs and tells what happened. */
  #turn(): void {
    clearImmediate(this.#soon)
    this.#soon = undefined
    if (this.#closed) return
    this.#giveOut()
    const reports = this.#reports
    this.#reports = []
    if (reports.length > 0) this.#options.listener(reports)
    if (this.#timer === undefined && this.#all().some((worker) => worker.load > 0)) this.#timer = setInterval(() => this.#look(), LOOK_MS)
  }

  #giveOut(): void {
    const busy = this.#workers.map((ofSlot) => [...ofSlot.values()].find((worker) => worker.load > 0 || worker.ending))
    // Slots without work come first, so that none is left empty while others queue.
    const order = busy.map((worker, slot) => ({ slot, worker })).sort((a, b) => (a.worker?.load ?? 0) - (b.worker?.load ?? 0))
    for (const [given, { slot, worker }] of order.entries()) {
      const name = worker?.language.name ?? this.#waiting.oldest()
      if (name === undefined) continue
      const size = this.#waiting.size(name)
      if (size === 0) continue
      const chosen = worker ?? this.#worker(slot, name)
      const jobs = this.#waiting.take(name, Math.min(chosen.room, Math.ceil(size / (order.length - given))))
      if (jobs.length > 0) chosen.send(jobs)
    }
  }

  #worker(slot: number, name: LanguageName): Worker {
    const ofSlot = this.#workers[slot] as Map<LanguageName, Worker>
    const known = ofSlot.get(name)
    if (known !== undefined) return known
    const { languages, files, projectFolder, token } = this.#options
    const place = {
      language: languages[name],
      files: files[name][slot] as WorkerFiles,
      projectFolder,
      mark: `HEDDLE_WORKER=${token}-${name}-${slot}.`,
    }
    const worker = new Worker(place, this.#listenerOf(slot))
    ofSlot.set(name, worker)
    return worker
  }

  #listenerOf(slot: number): WorkerListener {
    const { guardian, onProcess } = this.#options
    return {
      began: (flight) => this.#began(flight, slot, flight.began ?? clock()),
      ended: (flight, at, { outcome, usage, log }) => {
        const { q, attempt } = flight.job
        this.#reports.push({ kind: 'ended', q, attempt, at: Math.round(at), slot, outcome, usage, log })
      },
      returned: (flights) => {
        // What began may have left half of an output behind, so the engine decides; the rest never knows.
        for (const { job, began } of flights)
          if (began !== undefined) this.#reports.push({ kind: 'returned', q: job.q, attempt: job.attempt })
        this.#waiting.putBack(flights.filter(({ began }) => began === undefined).map(({ job }) => job))
      },
      turn: () => this.#turn(),
      processStarted: (pid, startTicks) => {
        guardian.watch(pid)
        onProcess(pid, startTicks)
      },
      processEnded: (pid) => guardian.forget(pid),
    }
  }

  #began(flight: Flight, slot: number, at: number): void {
    if (flight.told) return
    flight.told = true
    this.#reports.push({ kind: 'started', q: flight.job.q, attempt: flight.job.attempt, at: Math.round(at), slot })
  }

  /** Samples what runs, ends what exceeds its limits, and frees what waits behind a long job. */
  #look(): void {
    const now = clock()
    const all = this.#all()
    if (all.every((worker) => worker.load === 0)) {
      clearInterval(this.#timer)
      this.#timer = undefined
      return
    }
    for (const worker of all) if (!worker.ending) this.#lookAt(worker, now)
    const idle = this.#workers.some((ofSlot) => [...ofSlot.values()].every((worker) => worker.load === 0 && !worker.ending))
    if (!idle) return
    for (const worker of all) {
      if (worker.load > 1 && now - (worker.current?.began ?? now) > STUCK_MS) this.#waiting.putBack(worker.withdraw())
    }
    this.#turn()
  }

  #lookAt(worker: Worker, now: number): void {
    const flight = worker.current
    if (flight?.began === undefined || worker.pid === undefined) return
    const ageMs = now - flight.began
    const { memory, walltime } = flight.job.resources
    const everyMs = memory !== undefined && ageMs < 2000 ? LOOK_MS : ageMs < 2000 ? 100 : 250
    if ((memory !== undefined || ageMs >= SAMPLED_FROM_MS) && now - flight.sampledAt >= everyMs - LOOK_MS / 2) {
      worker.look(now)
      const used = excessMemory(flight, worker.pid, worker.language.name !== 'shell')
      if (used !== undefined && memory !== undefined) {
        const message = `used ${formatBytes(used)}, over its memory of ${formatBytes(memory)}`
        // What earlier bodies left in a worker is not this one's: it may begin again, once.
        const key = keyOf(flight.job)
        const fair = worker.language.name === 'shell' || worker.fresh || this.#pardoned.has(key)
        this.#pardoned.add(key)
        worker.end(fair ? { kind: 'failed', cause: 'memory', exitCode: null, signal: 'SIGTERM', message } : undefined)
        return
      }
    }
    if (walltime !== undefined && ageMs >= walltime * 1000) {
      const message = `ran longer than its walltime of ${formatSeconds(walltime)}`
      worker.end({ kind: 'failed', cause: 'walltime', exitCode: null, signal: 'SIGTERM', message })
    }
  }
}

function keyOf(attempt: Attempt): string {
  return `${attempt.q}#${attempt.attempt}`
}
