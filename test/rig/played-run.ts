/** Plays a run against the scheduler without a site: each attempt ends as the script says. */
import type { Event } from '../../src/model/events.ts'
import type { Effect, Input } from '../../src/scheduler/inputs.ts'
import { brokenInvariants } from '../../src/scheduler/invariants.ts'
import { createState, type RunSetup, type SchedulerPlan, type SchedulerState } from '../../src/scheduler/state.ts'
import { step } from '../../src/scheduler/step.ts'

export type Ending =
  | { kind: 'completed' }
  | { kind: 'noWork' }
  | { kind: 'failed'; cause: 'error' | 'memory' | 'walltime' | 'infrastructure' }
  | { kind: 'returned' }
export type Script = (q: number, attempt: number) => Ending

const USAGE = { wallSeconds: 1, cpuSeconds: null, peakMemoryBytes: null }

export const SETUP: RunSetup = {
  run: 'r',
  site: 'local',
  startedAt: 0,
  failFast: false,
  capacity: { cores: 2, memory: undefined, gpus: 0, disk: undefined, custom: {} },
}

/** A run that a test drives; every step is checked for broken invariants. */
export class PlayedRun {
  readonly state: SchedulerState
  readonly events: Event[] = []
  readonly effects: Effect[] = []
  running: { q: number; attempt: number }[] = []
  mostAtOnce = 0
  #now = 0

  constructor(plan: SchedulerPlan, setup: Partial<RunSetup> = {}) {
    this.state = createState(plan, { ...SETUP, ...setup })
  }

  tell(...inputs: Input[]): void {
    let facts: readonly Input[] = inputs
    while (facts.length > 0) {
      const { events, effects } = step(this.state, facts, this.#now++)
      const broken = brokenInvariants(this.state)
      if (broken.length > 0) throw new Error(broken.join('; '))
      this.events.push(...events)
      this.effects.push(...effects)
      facts = effects.flatMap((effect): Input[] =>
        effect.kind === 'ResolveQuanta' ? [{ kind: 'QuantaResolved', quanta: effect.quanta }] : [],
      )
      for (const effect of effects) if (effect.kind === 'StartAttempt') this.running.push({ q: effect.q, attempt: effect.attempt })
      this.mostAtOnce = Math.max(this.mostAtOnce, this.running.length)
    }
  }

  end(index: number, ending: Ending, wallSeconds = 1): void {
    const [attempt] = this.running.splice(index, 1)
    if (attempt === undefined) throw new Error('nothing runs')
    const usage = { ...USAGE, wallSeconds }
    switch (ending.kind) {
      case 'completed':
        return this.tell({ kind: 'AttemptSucceeded', ...attempt, noWork: null, outputs: [{ d: attempt.q, digest: 'x', size: 1 }], usage })
      case 'noWork':
        return this.tell({ kind: 'AttemptSucceeded', ...attempt, noWork: 'nothing to do', outputs: [], usage })
      case 'failed':
        return this.tell({ kind: 'AttemptFailed', ...attempt, cause: ending.cause, exitCode: 1, signal: null, message: 'no', usage })
      case 'returned':
        return this.tell({ kind: 'AttemptReturned', ...attempt })
    }
  }

  /** Plays on until nothing runs; `pick` chooses whose turn it is to end. */
  play(script: Script, pick: (n: number) => number = () => 0): void {
    while (this.running.length > 0) {
      const index = pick(this.running.length) % this.running.length
      const { q, attempt } = this.running[index] as { q: number; attempt: number }
      this.end(index, script(q, attempt))
    }
  }
}
