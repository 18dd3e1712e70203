/** Turns what a site reports into facts for the scheduler: outputs are taken, inputs looked at again, logs kept. */
import { rmSync } from 'node:fs'
import type { Event, FailureCause } from '../model/events.ts'
import type { RecordedOutput } from '../model/history.ts'
import type { Input } from '../scheduler/inputs.ts'
import type { PreparedJob } from './build-job.ts'
import type { Contents } from './contents.ts'
import { isFull } from './full-disk.ts'
import type { IntruderWatch } from './intruders.ts'
import type { QuantumJob, Report } from './job.ts'
import { Messages } from './messages.ts'
import type { Names } from './names.ts'
import { toPlace } from './placing.ts'
import type { RunRepository } from './repository.ts'
import type { Staging } from './staging.ts'
import type { AttemptOutput } from './store.ts'
import { type RefusedOutputs, type TakenOutputs, takeOutputs } from './take-outputs.ts'
import type { TaskFrame } from './task-frame.ts'

/** What arrivals are judged by. */
export interface ArrivalParts {
  readonly repository: RunRepository
  readonly contents: Contents
  readonly staging: Staging
  readonly intruders: IntruderWatch
  readonly names: Names
  /** Where bodies leave their outputs. */
  readonly folder: string
  readonly frameOf: (q: number) => TaskFrame
}

/** Where facts go that only a large file's reading brings to light. */
export interface LateListener {
  readonly late: () => void
  readonly failed: (error: unknown) => void
}

/** What arrived since it was last collected. */
export interface Arrived {
  readonly inputs: Input[]
  /** What bodies said of their work. */
  readonly remarks: Event[]
  readonly outputs: AttemptOutput[]
  /** Outputs of quanta, in the order in which executions record them. */
  readonly taken: Map<number, readonly RecordedOutput[]>
  /** Datasets to put at their paths after the commit, one list a quantum. */
  readonly placings: (readonly number[])[]
}

type Ended = Extract<Report, { kind: 'ended' }>

/** Attempts that are with the site, and what comes of them. */
export class Arrivals {
  readonly #parts: ArrivalParts
  readonly #listener: LateListener
  readonly #flights = new Map<number, PreparedJob>()
  readonly #messages: Messages
  #arrived: Arrived = nothing()
  /** The disk had no room when the present reports came. */
  #full = false

  constructor(parts: ArrivalParts, listener: LateListener) {
    this.#parts = parts
    this.#listener = listener
    this.#messages = new Messages(parts.folder, parts.names)
  }

  /** How many facts wait. */
  get waiting(): number {
    return this.#arrived.inputs.length
  }

  /** Notes an attempt that goes to the site. */
  expect(prepared: PreparedJob): void {
    this.#flights.set(prepared.job.q, prepared)
  }

  /** Hands over what arrived. */
  collect(): Arrived {
    const arrived = this.#arrived
    this.#arrived = nothing()
    return arrived
  }

  /** Takes reports in. */
  hear(reports: readonly Report[]): void {
    this.#parts.intruders.look()
    this.#messages.look()
    // Before half-written outputs are dropped, which makes room again.
    this.#full = reports.some((report) => report.kind === 'ended' && report.outcome.kind === 'failed') && isFull(this.#parts.folder)
    for (const report of reports) this.#hearOne(report)
  }

  #hearOne(report: Report): void {
    switch (report.kind) {
      case 'started':
        this.#arrived.inputs.push({ kind: 'AttemptStarted', q: report.q, attempt: report.attempt, slot: report.slot })
        return
      case 'returned':
        if (this.#land(report) === undefined) return
        this.#arrived.inputs.push({ kind: 'AttemptReturned', q: report.q, attempt: report.attempt })
        return
      case 'ended':
        this.#attemptEnded(report)
    }
  }

  /** The attempt that a report is about, unless it is an old one. */
  #land({ q, attempt }: { readonly q: number; readonly attempt: number }): PreparedJob | undefined {
    const flight = this.#flights.get(q)
    if (flight?.job.attempt !== attempt) return undefined
    this.#flights.delete(q)
    return flight
  }

  #attemptEnded(report: Ended): void {
    const { q, attempt, log, at, usage } = report
    const flight = this.#land(report)
    if (flight === undefined) return
    const { job, watched } = flight
    const { staging, intruders, names } = this.#parts
    if (log.kind !== 'none') this.#arrived.outputs.push({ q, attempt, text: log.kind === 'inline' ? log.bytes : { path: log.path } })
    for (const remark of this.#messages.take(q, attempt)) this.#arrived.remarks.push(remark)
    const changed = staging.changed(watched)
    if (changed !== undefined) {
      const name = names.dataset(changed.d)
      if (changed.what === 'object') return this.#failed(report, 'error', `the body wrote over its input ${name}`, job)
      return this.#failed(report, 'input-changed', `input ${name} changed while the body read it`, job)
    }
    const intruder = intruders.between(at - usage.wallSeconds * 1000, at)
    if (intruder !== undefined) return this.#failed(report, 'error', `the body wrote ${intruder} into .heddle, which is Heddle's own`, job)
    this.#takeOutcome(report, job)
  }

  #takeOutcome(report: Ended, job: QuantumJob): void {
    const { outcome, q, attempt, usage } = report
    switch (outcome.kind) {
      case 'noWork': {
        dropFiles(job)
        const absent = job.outputs.flatMap((output) => output.paths.map(() => ({ digest: undefined, size: 0, inline: undefined })))
        this.#arrived.taken.set(q, absent)
        this.#arrived.inputs.push({ kind: 'AttemptSucceeded', q, attempt, noWork: outcome.why, outputs: [], usage })
        return
      }
      case 'failed': {
        const { cause, exitCode, signal } = outcome
        // Its log could not be written either, so that nothing else would tell.
        const message = cause === 'error' && this.#full ? `${outcome.message}; the disk of .heddle is full` : outcome.message
        dropFiles(job)
        this.#arrived.inputs.push({ kind: 'AttemptFailed', q, attempt, cause, exitCode, signal, message, usage })
        return
      }
      case 'completed': {
        const taken = takeOutputs(this.#parts.repository, this.#parts.frameOf(q), job, outcome)
        if (taken instanceof Promise) void this.#takeLate(report, job, taken)
        else this.#take(report, job, taken)
      }
    }
  }

  async #takeLate(report: Ended, job: QuantumJob, taken: Promise<TakenOutputs | RefusedOutputs>): Promise<void> {
    try {
      this.#take(report, job, await taken)
      this.#listener.late()
    } catch (error) {
      this.#listener.failed(error)
    }
  }

  #take(report: Ended, job: QuantumJob, taken: TakenOutputs | RefusedOutputs): void {
    if (taken.kind === 'refused') return this.#failed(report, taken.cause, taken.message, job)
    const { q, attempt, usage } = report
    const { contents, repository } = this.#parts
    taken.stored.forEach(({ d }, n) => {
      const { digest, inline } = taken.recorded[n] as RecordedOutput
      contents.digests.set(digest as Uint8Array, d * 32)
      if (inline !== undefined) contents.hold(d, inline)
    })
    const { inputs, placings } = this.#arrived
    this.#arrived.taken.set(q, taken.recorded)
    const placing = toPlace(
      repository,
      taken.stored.map(({ d }) => d),
    )
    if (placing.length > 0) {
      inputs.push({ kind: 'PlacingBegan' })
      placings.push(placing)
    }
    inputs.push({ kind: 'AttemptSucceeded', q, attempt, noWork: null, outputs: taken.stored, usage })
  }

  #failed({ q, attempt, usage }: Ended, cause: FailureCause, message: string, job: QuantumJob): void {
    dropFiles(job)
    this.#arrived.inputs.push({ kind: 'AttemptFailed', q, attempt, cause, exitCode: null, signal: null, message, usage })
  }
}

function nothing(): Arrived {
  return { inputs: [], remarks: [], outputs: [], taken: new Map(), placings: [] }
}

function dropFiles(job: QuantumJob): void {
  for (const { paths } of job.outputs) for (const path of paths) rmSync(path, { recursive: true, force: true })
}
