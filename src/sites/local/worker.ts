/** A long-lived process that runs one job after the other, and what becomes of its jobs when it dies. */
import type { ChildProcess } from 'node:child_process'
import type { Writable } from 'node:stream'
import type { AttemptLog, Outcome, QuantumJob } from '../../engine/job.ts'
import type { Usage } from '../../model/events.ts'
import { now as clock } from './clock.ts'
import { outcomeOfDeath } from './death.ts'
import { type Flight, sample, usageOf } from './flight.ts'
import type { Answer, Language } from './language.ts'
import { outOfMemoryKills, processFacts } from './processes.ts'
import { ReportPipe } from './report-pipe.ts'
import { endSessions, GRACE_MS } from './signals.ts'
import { spawnWorker, type WorkerPlace } from './spawn-worker.ts'
import { TokenPipe } from './token-pipe.ts'

/** How long answers may gather while a worker has plenty to do, ms. */
const TURN_MS = 4
const PLENTY = 4

/** What a worker tells the site. */
export interface WorkerListener {
  began(flight: Flight): void
  ended(flight: Flight, at: number, result: { outcome: Outcome; usage: Usage; log: AttemptLog }): void
  /** Jobs that did not begin, or that were swept away with the worker (these have `began`). */
  returned(flights: readonly Flight[]): void
  /** The calls above since the last turn belong together. */
  turn(): void
  processStarted(pid: number, startTicks: number): void
  processEnded(pid: number): void
}

/** How a process is being ended. */
interface Ending {
  /** The job that is to end, or 0 when the process died by itself. */
  readonly sequence: number
  /** What becomes of that job; undefined: it is returned. */
  readonly outcome: Outcome | undefined
  readonly done: Promise<void>
}

/** One worker; its process comes with the first job, and again after a death. */
export class Worker {
  readonly language: Language
  readonly #place: WorkerPlace
  readonly #listener: WorkerListener
  readonly #reports: ReportPipe
  readonly #tokens: TokenPipe
  #process: ChildProcess | undefined
  #notFound: NodeJS.ErrnoException | undefined
  #jobs: Writable | undefined
  #ready = false
  /** Jobs that this process has ended. */
  #served = 0
  #flights: Flight[] = []
  /** Jobs that were withdrawn and whose `skipped` is still to come. */
  #skipping = 0
  #meanMs: number | undefined
  #sequence = 0
  #oomKills = 0
  /** Set from the moment its end is certain until all of it is gone. */
  #ending: Ending | undefined
  #settled: Promise<void> = Promise.resolve()

  constructor(place: WorkerPlace, listener: WorkerListener) {
    this.language = place.language
    this.#place = place
    this.#listener = listener
    this.#reports = new ReportPipe(place.files.reports, (lines) => this.#answered(lines))
    this.#tokens = new TokenPipe(place.files.tokens)
  }

  /** Jobs that are with it. */
  get load(): number {
    return this.#flights.length
  }

  /** The job that runs, if any. */
  get current(): Flight | undefined {
    return this.#flights[0]
  }

  /** Whether it is on its way out and takes nothing. */
  get ending(): boolean {
    return this.#ending !== undefined
  }

  /** Whether its process has had no job before the current one. */
  get fresh(): boolean {
    return this.#served === 0
  }

  /** How many more jobs it should be given now, so that what it has takes neither too long nor ends before the next turn. */
  get room(): number {
    if (this.#ending !== undefined) return 0
    const { ahead, aheadMs } = this.language
    const wanted = this.#meanMs === undefined ? 1 : Math.min(ahead, Math.max(1, Math.floor(aheadMs / Math.max(this.#meanMs, 0.001))))
    return Math.max(0, wanted - this.#flights.length - this.#skipping)
  }

  /** Gives it jobs, to run in this order. */
  send(jobs: readonly QuantumJob[]): void {
    if (this.#process === undefined) this.#start()
    const now = clock()
    let text = ''
    let told = 0
    for (const job of jobs) {
      const flight: Flight = { sequence: ++this.#sequence, job, began: undefined, told: false, seen: undefined, sampledAt: 0 }
      const telling = this.language.tell(job, flight.sequence, this.#place.files)
      if (typeof telling === 'string') {
        this.#flights.push(flight)
        text += telling
        told++
      } else {
        this.#listener.began(flight)
        this.#listener.ended(flight, now, { outcome: telling, usage: usageOf(flight, 0, undefined), log: { kind: 'none' } })
      }
    }
    this.#headBegins(now)
    if (told === 0) return
    this.#tokens.allow(told)
    this.#jobs?.write(text)
  }

  /** Takes back every job that has not begun. */
  withdraw(): QuantumJob[] {
    if (this.#skipping > 0 || this.#ending !== undefined || this.#flights.length < 2) return []
    const count = this.#tokens.withdraw()
    this.#skipping = count
    return count === 0 ? [] : this.#flights.splice(-count).map((flight) => flight.job)
  }

  /** Samples the current job's processes. */
  look(now: number): void {
    const pid = this.#process?.pid
    const current = this.#flights[0]
    if (pid !== undefined && current !== undefined) sample(current, pid, this.language.name !== 'shell', now)
  }

  /** Process id, while there is a process. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** Ends the current job, and with it the process and all its descendants. `outcome` becomes the job's; without one it is returned. */
  end(outcome: Outcome | undefined): void {
    const pid = this.#process?.pid
    const sequence = this.#flights[0]?.sequence
    if (pid === undefined || sequence === undefined || this.#ending !== undefined) return
    this.look(clock())
    this.#ending = { sequence, outcome, done: endSessions([pid], this.#place.mark, GRACE_MS) }
  }

  /** Waits until the process, which `ended` ends, is gone; jobs that it still had are dropped. */
  async close(ended: Promise<void>): Promise<void> {
    this.#flights = []
    this.#ending ??= { sequence: 0, outcome: undefined, done: ended }
    await this.#ending.done
    await this.#settled
    this.#reports.close()
    this.#tokens.close()
  }

  #start(): void {
    this.#ready = false
    this.#served = 0
    this.#notFound = undefined
    this.#oomKills = outOfMemoryKills()
    let child: ChildProcess
    try {
      child = spawnWorker(this.#place)
    } catch (error) {
      // No file descriptor or no space is left: its jobs are told so, in a turn of their own.
      this.#notFound = error as NodeJS.ErrnoException
      this.#ending = { sequence: 0, outcome: undefined, done: Promise.resolve() }
      setImmediate(() => this.#settle(undefined, { code: null, signal: null }))
      return
    }
    this.#process = child
    this.#jobs = child.stdio[this.language.jobsAt] as Writable
    // Its death is told by `exit`; a write that comes too late is part of it.
    this.#jobs.on('error', () => undefined)
    this.#settled = new Promise((resolve) => {
      const died = (code: number | null, signal: string | null): void => {
        void this.#died(code, signal).then(resolve)
      }
      child.on('exit', died)
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (child.pid !== undefined) return
        this.#notFound = error
        died(null, null)
      })
    })
    if (child.pid === undefined) return
    this.#listener.processStarted(child.pid, processFacts(child.pid)?.startTicks ?? 0)
    this.#jobs.write(this.language.greeting(this.#place.files))
  }

  #headBegins(now: number): void {
    const head = this.#flights[0]
    if (head === undefined || head.began !== undefined) return
    head.began = now
    this.#listener.began(head)
  }

  #answered(lines: readonly string[]): number {
    const now = clock()
    const first = this.#flights[0]?.began ?? now
    const spanMs = (now - first) / Math.max(1, lines.length)
    let ended = 0
    let measuredMs = 0
    for (const line of lines) {
      if (line === 'ready') {
        this.#ready = true
        continue
      }
      const answer = this.language.understand(line, (sequence) => this.#jobOf(sequence), this.#place.files)
      if (answer.kind === 'skipped') {
        this.#skipping--
        continue
      }
      const at = first + ++ended * spanMs
      measuredMs += answer.wallSeconds === undefined ? spanMs : answer.wallSeconds * 1000
      this.#headBegins(at - spanMs)
      this.#end(answer, at, spanMs)
    }
    if (ended > 0) this.#learn(measuredMs / ended)
    this.#headBegins(now)
    this.#listener.turn()
    return this.#flights.length >= PLENTY ? TURN_MS : 0
  }

  #jobOf(sequence: number): QuantumJob | undefined {
    return this.#flights[0]?.sequence === sequence ? this.#flights[0].job : undefined
  }

  #end(answer: Answer & { kind: 'ended' }, at: number, spanMs: number): void {
    const flight = this.#flights[0]
    // An answer of a job that is no longer its: it was ended on purpose and answered while it died.
    if (flight === undefined || flight.sequence !== answer.sequence) return
    this.#flights.shift()
    this.#served++
    const usage = usageOf(flight, spanMs / 1000, this.#process?.pid, answer)
    const outcome = this.#oomSuspected(answer.outcome) ? { ...answer.outcome, cause: 'memory' as const } : answer.outcome
    this.#listener.ended(flight, at, { outcome, usage, log: answer.log })
  }

  #oomSuspected(outcome: Outcome): outcome is Outcome & { kind: 'failed' } {
    return outcome.kind === 'failed' && outcome.signal === 'SIGKILL' && outOfMemoryKills() > this.#oomKills
  }

  #learn(meanMs: number): void {
    const known = this.#meanMs
    // Quick to see that jobs are long, so that few wait behind them; halfway down to see that they are short.
    this.#meanMs = known === undefined || meanMs > known ? meanMs : (known + meanMs) / 2
  }

  async #died(code: number | null, signal: string | null): Promise<void> {
    const pid = this.#process?.pid
    const meant = this.#ending
    this.#ending ??= {
      sequence: 0,
      outcome: undefined,
      done: pid === undefined ? Promise.resolve() : endSessions([pid], this.#place.mark, 0),
    }
    this.#reports.drain()
    await this.#ending.done
    if (pid !== undefined) this.#listener.processEnded(pid)
    this.#settle(meant, { code, signal })
  }

  /** Says what becomes of the jobs of a process that is gone: `meant` to end, or dead by itself. */
  #settle(meant: Ending | undefined, exit: { readonly code: number | null; readonly signal: string | null }): void {
    const now = clock()
    const left = this.#tokens.clear()
    const flights = this.#flights
    const head = flights[0]
    this.#flights = []
    // With as many tokens as jobs left, none had begun: it died idle.
    const died = meant === undefined && (!this.#ready || this.#skipping > 0 || left < flights.length)
    const ended = meant?.sequence === head?.sequence && meant?.outcome !== undefined
    if (head?.began !== undefined && (died || ended)) {
      flights.shift()
      const log = this.language.lastLog(head.sequence, this.#place.files)
      const outOfMemory = outOfMemoryKills() > this.#oomKills
      const death = { language: this.language.name, ...exit, notFound: this.#notFound, ready: this.#ready, outOfMemory, log }
      const usage = usageOf(head, (now - head.began) / 1000, undefined)
      this.#listener.ended(head, now, { outcome: meant?.outcome ?? outcomeOfDeath(death), usage, log })
    }
    this.#process = undefined
    this.#jobs = undefined
    this.#ending = undefined
    this.#skipping = 0
    this.#listener.returned(flights)
    this.#listener.turn()
  }
}
