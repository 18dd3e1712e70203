/**
 * The loop: collect what happened, step, look for earlier executions, commit, and only then act.
 *
 * A turn is synchronous. While much work is queued at the site, turns are a few milliseconds apart so that each commits many
 * outcomes; otherwise a report is answered at once.
 */
import { rmSync } from 'node:fs'
import { HeddleError } from '../model/errors.ts'
import type { Event } from '../model/events.ts'
import { type Execution, type ExecutionRecord, executionNumber, type History, IDENTITY, type RecordedOutput } from '../model/history.ts'
import type { Plan } from '../model/plan.ts'
import type { Effect, Input } from '../scheduler/inputs.ts'
import type { SchedulerState } from '../scheduler/state.ts'
import { step } from '../scheduler/step.ts'
import { type Attempt, buildJob, type JobMaker, type PreparedJob } from './build-job.ts'
import type { Contents } from './contents.ts'
import type { IntruderWatch } from './intruders.ts'
import type { LocalRun, QuantumJob, Report } from './job.ts'
import { place, toPlace } from './placing.ts'
import type { RunRepository } from './repository.ts'
import { InputChangedError } from './staging.ts'
import type { AttemptOutput, RunHandle, RunStore } from './store.ts'
import { type RefusedOutputs, type TakenOutputs, takeOutputs } from './take-outputs.ts'
import { datasetsOf, type TaskFrame } from './task-frame.ts'

/** What a loop works with. */
export interface LoopParts {
  readonly plan: Plan
  readonly run: RunHandle
  readonly state: SchedulerState
  readonly store: RunStore
  readonly history: History
  readonly repository: RunRepository
  readonly contents: Contents
  readonly frames: readonly TaskFrame[]
  readonly maker: JobMaker
  readonly intruders: IntruderWatch
  readonly clock: () => number
  readonly listener: (events: readonly Event[], at: number, state: SchedulerState) => void
}

/** Milliseconds between turns while the site has enough to do. */
const TURN_MS = 4
/** Attempts at the site for each that can run, from which on it has enough to do. */
const ENOUGH_AHEAD = 4

type Ended = Extract<Report, { kind: 'ended' }>

/** One run's loop. */
export class RunLoop {
  readonly #parts: LoopParts
  #site: LocalRun | undefined
  /** 72 bytes a quantum, as far as known. */
  readonly #identities: Uint8Array
  readonly #flights = new Map<number, PreparedJob>()
  #inputs: Input[] = []
  #outputs: AttemptOutput[] = []
  #warnings: Event[] = []
  /** Outputs taken this turn, by quantum. */
  readonly #taken = new Map<number, readonly RecordedOutput[]>()
  /** Datasets to place after the next commit, one list a quantum. */
  #placings: (readonly number[])[] = []
  #wake: 'asleep' | 'awake' = 'asleep'
  #lastTurn = 0
  #over = false
  readonly #done = Promise.withResolvers<Extract<Effect, { kind: 'FinishRun' }>>()

  constructor(parts: LoopParts) {
    this.#parts = parts
    this.#identities = parts.plan.known.slice()
  }

  /** Runs to the end. Rejects when the store does not take a commit. */
  begin(site: LocalRun, first: readonly Input[]): Promise<Extract<Effect, { kind: 'FinishRun' }>> {
    this.#site = site
    this.tell(...first)
    return this.#done.promise
  }

  /** Adds facts to the next turn. */
  tell(...inputs: readonly Input[]): void {
    for (const input of inputs) this.#inputs.push(input)
    this.#schedule()
  }

  /** Takes what a site reports. */
  hear(reports: readonly Report[]): void {
    this.#parts.intruders.look()
    for (const report of reports) this.#hearOne(report)
    this.#schedule()
  }

  #hearOne(report: Report): void {
    switch (report.kind) {
      case 'started':
        this.#inputs.push({ kind: 'AttemptStarted', q: report.q, attempt: report.attempt, slot: report.slot })
        return
      case 'returned':
        this.#flights.delete(report.q)
        this.#inputs.push({ kind: 'AttemptReturned', q: report.q, attempt: report.attempt })
        return
      case 'warning':
        this.#warnings.push({ event: 'Warned', code: report.code, message: report.message })
        return
      case 'ended':
        this.#attemptEnded(report)
    }
  }

  #attemptEnded(report: Ended): void {
    const { q, attempt, log } = report
    const flight = this.#flights.get(q)
    if (flight === undefined || flight.job.attempt !== attempt) return
    this.#flights.delete(q)
    if (log.kind !== 'none') this.#outputs.push({ q, attempt, text: log.kind === 'inline' ? log.bytes : { path: log.path } })
    const changed = this.#parts.maker.staging.changed(flight.watched)
    const intruder = this.#parts.intruders.between(report.at - report.usage.wallSeconds * 1000, report.at)
    if (changed !== undefined) {
      const name = this.#parts.maker.names.dataset(changed.d)
      if (changed.what === 'object') return this.#attemptFailed(report, 'error', `the body wrote over its input ${name}`, flight.job)
      return this.#attemptFailed(report, 'input-changed', `input ${name} changed while the body read it`, flight.job)
    }
    if (intruder !== undefined)
      return this.#attemptFailed(report, 'error', `the body wrote ${intruder} into .heddle, which is Heddle's own`, flight.job)
    this.#takeOutcome(report, flight.job)
  }

  #takeOutcome(report: Ended, job: QuantumJob): void {
    const { outcome, q, attempt, usage } = report
    switch (outcome.kind) {
      case 'noWork':
        this.#dropFiles(job)
        this.#taken.set(
          q,
          job.outputs.flatMap((output) => output.paths.map(() => ({ digest: undefined, size: 0, inline: undefined }))),
        )
        this.#inputs.push({ kind: 'AttemptSucceeded', q, attempt, noWork: outcome.why, outputs: [], usage })
        return
      case 'failed':
        this.#dropFiles(job)
        this.#inputs.push({
          kind: 'AttemptFailed',
          q,
          attempt,
          cause: outcome.cause,
          exitCode: outcome.exitCode,
          signal: outcome.signal,
          message: outcome.message,
          usage,
        })
        return
      case 'completed': {
        const taken = takeOutputs(this.#parts.repository, this.#frame(q), job, outcome)
        if (!(taken instanceof Promise)) return this.#takeTaken(report, job, taken)
        taken
          .then((late) => this.#takeTaken(report, job, late))
          .then(
            () => this.#schedule(),
            (error: unknown) => this.#fail(error),
          )
      }
    }
  }

  #takeTaken(report: Ended, job: QuantumJob, taken: TakenOutputs | RefusedOutputs): void {
    if (taken.kind === 'refused') return this.#attemptFailed(report, taken.cause, taken.message, job)
    const { q, attempt, usage } = report
    const { contents, repository } = this.#parts
    taken.stored.forEach(({ d }, n) => {
      const { digest, inline } = taken.recorded[n] as RecordedOutput
      contents.digests.set(digest as Uint8Array, d * 32)
      if (inline !== undefined) contents.hold(d, inline)
    })
    this.#taken.set(q, taken.recorded)
    this.#placeLater(
      toPlace(
        repository,
        taken.stored.map(({ d }) => d),
      ),
    )
    this.#inputs.push({ kind: 'AttemptSucceeded', q, attempt, noWork: null, outputs: taken.stored, usage })
  }

  #attemptFailed(
    report: Ended,
    cause: 'error' | 'output' | 'store' | 'input-changed' | RefusedOutputs['cause'],
    message: string,
    job: QuantumJob,
  ): void {
    this.#dropFiles(job)
    this.#inputs.push({
      kind: 'AttemptFailed',
      q: report.q,
      attempt: report.attempt,
      cause,
      exitCode: null,
      signal: null,
      message,
      usage: report.usage,
    })
  }

  #dropFiles(job: QuantumJob): void {
    for (const { paths } of job.outputs) for (const path of paths) rmSync(path, { recursive: true, force: true })
  }

  #placeLater(datasets: readonly number[]): void {
    if (datasets.length === 0) return
    this.#inputs.push({ kind: 'PlacingBegan' })
    this.#placings.push(datasets)
  }

  #frame(q: number): TaskFrame {
    return this.#parts.frames[this.#parts.state.taskOf[q] as number] as TaskFrame
  }

  #schedule(): void {
    if (this.#wake === 'awake' || this.#over || this.#site === undefined) return
    this.#wake = 'awake'
    const { state, clock } = this.#parts
    const busy = state.outstanding - this.#inputs.length > ENOUGH_AHEAD * (state.capacity[0] as number)
    const rest = busy ? TURN_MS - (clock() - this.#lastTurn) : 0
    const turn = (): void => {
      this.#wake = 'asleep'
      try {
        this.#turn()
      } catch (error) {
        this.#fail(error)
      }
    }
    if (rest > 0) setTimeout(turn, rest)
    else setImmediate(turn)
  }

  #fail(error: unknown): void {
    this.#over = true
    this.#done.reject(error)
  }

  #turn(): void {
    if (this.#over) return
    const { store, run, state, clock, listener } = this.#parts
    const now = clock()
    const { events, effects } = this.#decide(now)
    if (events.length > 0 || this.#outputs.length > 0) {
      const executions = this.#executions(events)
      const { seq, at } = store.commit(run, { events, executions, outputs: this.#outputs }, now)
      executions.forEach((execution, n) => this.#parts.contents.madeBy(execution.q, executionNumber(seq, n)))
      this.#outputs = []
      this.#taken.clear()
      this.#act(effects)
      listener(events, at, state)
    } else {
      this.#act(effects)
    }
    this.#lastTurn = clock()
  }

  /** Steps until nothing more can be said without acting. */
  #decide(now: number): { events: Event[]; effects: Effect[] } {
    const events = this.#warnings
    this.#warnings = []
    const acts: Effect[] = []
    while (this.#inputs.length > 0) {
      const inputs = this.#inputs
      this.#inputs = []
      const stepped = step(this.#parts.state, inputs, now)
      for (const event of stepped.events) events.push(event)
      for (const effect of stepped.effects) {
        if (effect.kind === 'ResolveQuanta') this.#resolve(effect.quanta)
        else acts.push(effect)
      }
    }
    return { events, effects: acts }
  }

  /** Works out identities of quanta whose inputs exist, and lets earlier executions stand in. */
  #resolve(quanta: readonly number[]): void {
    const { plan, history, contents, state } = this.#parts
    const identities = this.#identities
    const open: number[] = []
    for (const q of quanta) {
      const at = q * IDENTITY.bytes
      // The plan has looked for those that it knew the identity of.
      const isKnown = (identities[at] as number) !== 0 || identities.subarray(at, at + 32).some((byte) => byte !== 0)
      if (!isKnown) plan.identity.write(q, contents.digests, state.exists, identities, at)
      const found = isKnown ? 0 : plan.reusable(q, history, identities, at)
      if (found === 0) open.push(q)
      else this.#reuse(q, found)
    }
    if (open.length > 0) this.#inputs.push({ kind: 'QuantaResolved', quanta: open })
  }

  #reuse(q: number, execution: Execution): void {
    const { contents, history, repository } = this.#parts
    const frame = this.#frame(q)
    const outputs: number[] = []
    let slot = 0
    for (const { edges } of frame.outputs) {
      for (const d of datasetsOf(edges, q - frame.block.first)) {
        if (history.copyDigest(execution, slot++, contents.digests, d * 32)) outputs.push(d)
      }
    }
    contents.madeBy(q, execution)
    const missing = toPlace(repository, outputs).filter(
      (d) => !repository.publisher.isPublished(repository.places.published(d) as string, contents.digest(d)),
    )
    this.#placeLater(missing)
    this.#inputs.push({ kind: 'QuantumFoundDone', q, from: String(execution), outputs })
  }

  #executions(events: readonly Event[]): ExecutionRecord[] {
    const executions: ExecutionRecord[] = []
    for (const event of events) {
      if (event.event !== 'QuantumCompleted' && event.event !== 'QuantumFailed') continue
      const { q } = event
      const at = q * IDENTITY.bytes
      const kind = event.event === 'QuantumFailed' ? 'failed' : event.noWork === null ? 'completed' : 'noWork'
      const outputs = kind === 'failed' ? [] : (this.#taken.get(q) ?? [])
      executions.push({
        q,
        kind,
        identity: this.#identities.subarray(at, at + IDENTITY.bytes),
        wallSeconds: event.usage?.wallSeconds ?? 0,
        outputs,
      })
    }
    return executions
  }

  #act(effects: readonly Effect[]): void {
    const site = this.#site as LocalRun
    const jobs: QuantumJob[] = []
    const cancelled: { q: number; attempt: number }[] = []
    let finish: Extract<Effect, { kind: 'FinishRun' }> | undefined
    for (const effect of effects) {
      if (effect.kind === 'StartAttempt') {
        const job = this.#prepare(effect)
        if (job !== undefined) jobs.push(job)
      } else if (effect.kind === 'CancelAttempt') cancelled.push({ q: effect.q, attempt: effect.attempt })
      else if (effect.kind === 'FinishRun') finish = effect
    }
    if (jobs.length > 0) site.start(jobs)
    if (cancelled.length > 0) site.cancel(cancelled)
    const placings = this.#placings
    this.#placings = []
    for (const datasets of placings) this.tell(place({ ...this.#parts, names: this.#parts.maker.names }, datasets))
    if (finish === undefined) return
    this.#over = true
    this.#done.resolve(finish)
  }

  #prepare(attempt: Attempt): QuantumJob | undefined {
    const { maker } = this.#parts
    try {
      const prepared = buildJob(maker, this.#frame(attempt.q), attempt)
      this.#flights.set(attempt.q, prepared)
      return prepared.job
    } catch (error) {
      const fact = { kind: 'AttemptFailed', q: attempt.q, attempt: attempt.attempt, exitCode: null, signal: null, usage: null } as const
      if (error instanceof InputChangedError)
        this.tell({ ...fact, cause: 'input-changed', message: `input ${maker.names.dataset(error.d)} ${error.message}` })
      else if (error instanceof HeddleError || (error as NodeJS.ErrnoException).code !== undefined)
        this.tell({ ...fact, cause: 'store', message: (error as Error).message })
      else throw error
      return undefined
    }
  }
}
