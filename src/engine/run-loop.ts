/**
 * The loop: collect what happened, step, look for earlier executions, commit, and only then act.
 *
 * A turn is synchronous. While much work is queued at the site, turns are a few milliseconds apart so that each commits many
 * outcomes; otherwise a report is answered at once.
 */
import { HeddleError } from '../model/errors.ts'
import type { Event } from '../model/events.ts'
import { executionNumber, type History } from '../model/history.ts'
import type { Plan } from '../model/plan.ts'
import type { Effect, Input } from '../scheduler/inputs.ts'
import type { SchedulerState } from '../scheduler/state.ts'
import { step } from '../scheduler/step.ts'
import { Arrivals, type Arrived } from './arrivals.ts'
import { type Attempt, buildJob, type JobMaker } from './build-job.ts'
import type { Contents } from './contents.ts'
import type { IntruderWatch } from './intruders.ts'
import type { LocalRun, QuantumJob, Report } from './job.ts'
import { LiveIdentities } from './live-identities.ts'
import { place } from './placing.ts'
import type { RunRepository } from './repository.ts'
import { InputChangedError } from './staging.ts'
import type { RunHandle, RunStore } from './store.ts'
import type { TaskFrame } from './task-frame.ts'

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

/** The end of a run. */
export type Finish = Extract<Effect, { kind: 'FinishRun' }>

/** Milliseconds between turns while the site has enough to do. */
const TURN_MS = 4
/** That an attempt began decides nothing: it may wait so long for a turn, and so usually shares the commit of its end. */
const STARTED_MS = 20
/** Attempts at the site for each that can run, from which on it has enough to do. */
const ENOUGH_AHEAD = 4

/** What a turn decided, before it is committed. */
interface Decided extends Omit<Arrived, 'inputs' | 'remarks'> {
  readonly events: Event[]
  readonly effects: Effect[]
}

/** One run's loop. */
export class RunLoop {
  readonly #parts: LoopParts
  readonly #arrivals: Arrivals
  readonly #identities: LiveIdentities
  readonly #done = Promise.withResolvers<Finish>()
  #site: LocalRun | undefined
  #inputs: Input[] = []
  #wake: 'asleep' | 'awake' | 'over' = 'asleep'
  #lastTurn = 0
  #later: NodeJS.Timeout | undefined

  constructor(parts: LoopParts) {
    this.#parts = parts
    const { plan, history, contents, repository, intruders, maker, state } = parts
    const frameOf = (q: number): TaskFrame => this.#frame(q)
    const listener = { late: () => this.#schedule(), failed: (error: unknown) => this.#fail(error) }
    const { staging, names, folder } = maker
    this.#arrivals = new Arrivals({ repository, contents, staging, intruders, names, folder, frameOf }, listener)
    this.#identities = new LiveIdentities({ plan, history, contents, repository, exists: state.exists, frameOf })
  }

  /** Runs to the end. Rejects when the store does not take a commit. */
  begin(site: LocalRun, first: readonly Input[]): Promise<Finish> {
    this.#site = site
    this.tell(first)
    return this.#done.promise
  }

  /** Adds facts to the next turn. */
  tell(inputs: readonly Input[]): void {
    for (const input of inputs) this.#inputs.push(input)
    this.#schedule()
  }

  /** Takes what a site reports. */
  hear(reports: readonly Report[]): void {
    try {
      this.#arrivals.hear(reports)
    } catch (error) {
      this.#fail(error)
      return
    }
    if (reports.some((report) => report.kind !== 'started')) this.#schedule()
    else this.#later ??= setTimeout(() => this.#schedule(), STARTED_MS)
  }

  #frame(q: number): TaskFrame {
    return this.#parts.frames[this.#parts.state.taskOf[q] as number] as TaskFrame
  }

  #schedule(): void {
    if (this.#wake !== 'asleep' || this.#site === undefined) return
    this.#wake = 'awake'
    const { state, clock } = this.#parts
    const busy = state.outstanding - this.#arrivals.waiting > ENOUGH_AHEAD * (state.capacity[0] as number)
    const rest = busy ? TURN_MS - (clock() - this.#lastTurn) : 0
    const turn = (): void => {
      if (this.#wake === 'over') return
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
    this.#wake = 'over'
    clearTimeout(this.#later)
    this.#done.reject(error)
  }

  #turn(): void {
    clearTimeout(this.#later)
    this.#later = undefined
    const { store, run, state, clock, listener, contents } = this.#parts
    const now = clock()
    const { events, effects, outputs, taken, placings } = this.#decide(now)
    if (events.length === 0 && outputs.length === 0) {
      this.#act(effects, placings)
    } else {
      const executions = this.#identities.records(events, taken)
      const { seq, at } = store.commit(run, { events, executions, outputs }, now)
      executions.forEach((execution, n) => contents.madeBy(execution.q, executionNumber(seq, n)))
      this.#act(effects, placings)
      listener(events, at, state)
    }
    this.#lastTurn = clock()
  }

  /** Steps until nothing more can be said without acting. */
  #decide(now: number): Decided {
    const arrived = this.#arrivals.collect()
    const events: Event[] = arrived.remarks
    const effects: Effect[] = []
    const placings = arrived.placings
    let inputs: readonly Input[] = [...this.#inputs, ...arrived.inputs]
    this.#inputs = []
    while (inputs.length > 0) {
      const stepped = step(this.#parts.state, inputs, now)
      for (const event of stepped.events) events.push(event)
      inputs = []
      for (const effect of stepped.effects) {
        if (effect.kind !== 'ResolveQuanta') {
          effects.push(effect)
          continue
        }
        const resolved = this.#identities.resolve(effect.quanta)
        inputs = resolved.inputs
        for (const datasets of resolved.placings) placings.push(datasets)
      }
    }
    return { events, effects, outputs: arrived.outputs, taken: arrived.taken, placings }
  }

  #act(effects: readonly Effect[], placings: readonly (readonly number[])[]): void {
    const site = this.#site as LocalRun
    const jobs: QuantumJob[] = []
    const cancelled: { q: number; attempt: number }[] = []
    let finish: Finish | undefined
    for (const effect of effects) {
      if (effect.kind === 'StartAttempt') {
        const job = this.#prepare(effect)
        if (job !== undefined) jobs.push(job)
      } else if (effect.kind === 'CancelAttempt') cancelled.push({ q: effect.q, attempt: effect.attempt })
      else if (effect.kind === 'FinishRun') finish = effect
    }
    if (jobs.length > 0) site.start(jobs)
    if (cancelled.length > 0) site.cancel(cancelled)
    const placer = { ...this.#parts, names: this.#parts.maker.names }
    if (placings.length > 0) this.tell(placings.map((datasets) => place(placer, datasets)))
    if (finish === undefined) return
    this.#wake = 'over'
    clearTimeout(this.#later)
    this.#done.resolve(finish)
  }

  #prepare(attempt: Attempt): QuantumJob | undefined {
    const { maker } = this.#parts
    try {
      const prepared = buildJob(maker, this.#frame(attempt.q), attempt)
      this.#arrivals.expect(prepared)
      return prepared.job
    } catch (error) {
      const { q, attempt: number } = attempt
      const fact = { kind: 'AttemptFailed', q, attempt: number, exitCode: null, signal: null, usage: null } as const
      if (error instanceof InputChangedError) {
        this.tell([{ ...fact, cause: 'input-changed', message: `input ${maker.names.dataset(error.d)} ${error.message}` }])
      } else if (error instanceof HeddleError || (error as NodeJS.ErrnoException).code !== undefined) {
        this.tell([{ ...fact, cause: 'store', message: (error as Error).message }])
      } else throw error
      return undefined
    }
  }
}
