/** What `heddle run` shows: lines of JSON, plain lines, or a live picture; and how it ends. */
import { namesOf } from '../../engine/names.ts'
import { plannedEvents, publicEvent } from '../../engine/public-event.ts'
import type { RunResult } from '../../engine/run.ts'
import type { RunHandle } from '../../engine/store.ts'
import type { Event } from '../../model/events.ts'
import type { Execution } from '../../model/history.ts'
import type { Plan } from '../../model/plan.ts'
import { formatSeconds } from '../../model/units.ts'
import type { Context } from '../context.ts'
import type { FailedAttempt } from '../failure-of.ts'
import { briefFailureLines, type Failure, failureLines, type Paint } from '../failure-screen.ts'
import { formatCount } from '../format-count.ts'
import { printLines } from '../lines.ts'
import { describeCounts, openView, type RunView as ProgressView } from '../live/view.ts'
import { expectedSeconds } from '../plan/plan-table.ts'
import type { Session } from '../session.ts'
import { failuresAlike } from './alike.ts'

/** The view of one run. */
export interface RunView {
  named(run: RunHandle): void
  take(events: readonly Event[], at: number): void
  ending(text: string): void
  /** Attempts at work. */
  running(): number
  /** Ends the moving part; can be called twice. */
  close(): void
  /** Says how it ended. */
  conclude(result: RunResult): void
}

/** What a view is made with. */
export interface RunViewOptions {
  readonly context: Context
  readonly session: Session
  readonly plan: Plan
  readonly slots: number
  readonly runNameOf: (execution: Execution) => string
  /** Gathers what is known of a failed attempt of the run with this number. */
  readonly failureOf: (run: number, attempt: FailedAttempt) => Failure
}

/** The view that the command line asks for. */
export function openRunView(options: RunViewOptions): RunView {
  return options.context.json ? jsonView(options) : personView(options)
}

function jsonView({ context, plan, runNameOf }: RunViewOptions): RunView {
  const { terminal } = context
  const names = namesOf(plan.graph)
  let running = 0
  return {
    named: () => undefined,
    take: (events, at) => {
      running += runningChange(events)
      printLines(terminal, publicLines(events, at))
    },
    ending: (text) => terminal.note(text),
    running: () => running,
    close: () => undefined,
    conclude: () => undefined,
  }

  function* publicLines(events: readonly Event[], at: number): Iterable<string> {
    for (const event of events) {
      yield JSON.stringify(publicEvent(event, names, at, runNameOf))
      if (event.event !== 'RunStarted') continue
      for (const planned of plannedEvents(plan, names, at, runNameOf)) yield JSON.stringify(planned)
    }
  }
}

function runningChange(events: readonly Event[]): number {
  let change = 0
  for (const { event } of events) {
    if (event === 'JobSubmitted') change++
    else if (event === 'QuantumCompleted' || event === 'QuantumFailed' || event === 'QuantumRetried') change--
  }
  return change
}

const FULL_SCREENS = 3
/** So many failures are told as they happen. */
const MOST_TOLD = 50

function personView(options: RunViewOptions): RunView {
  const { context, session, plan, slots } = options
  const { terminal } = context
  const paint: Paint = (style, text) => terminal.style(style, text)
  const failed: FailedAttempt[] = []
  let view: ProgressView | undefined
  let run: RunHandle | undefined
  let told = 0
  const briefly = (id: number, event: FailedAttempt): string | undefined => {
    told++
    if (told === MOST_TOLD + 1) return 'further failures are only counted; heddle query quanta --state failed lists them'
    return told > MOST_TOLD ? undefined : briefFailureLines(options.failureOf(id, event), paint).join('\n')
  }
  return {
    named: (handle) => {
      run = handle
      if (context.options.quiet === true) return
      view = openView({
        terminal,
        graph: plan.graph,
        action: plan.action,
        expected: expectedSeconds(plan, session.history),
        now: handle.startedAt,
        run: handle.name,
        slots,
        failure: (event) => briefly(handle.id, event),
      })
    },
    take: (events, at) => {
      for (const event of events) if (event.event === 'QuantumFailed') failed.push(event)
      view?.take(events, at)
    },
    ending: (text) => (view === undefined ? terminal.note(text) : view.ending(text)),
    running: () => view?.progress.tasks.reduce((sum, task) => sum + task.running + task.queued, 0) ?? 0,
    close: () => {
      view?.close()
      view = undefined
    },
    conclude: (result) => {
      concludeFailures(options, failed, result.run.id)
      const color = result.state === 'completed' ? 'green' : result.state === 'failed' ? 'red' : 'yellow'
      terminal.print(
        `${terminal.style(['bold', color], result.state)} ${run?.name ?? ''}: ${describeCounts(result.counts)} in ${formatSeconds(result.seconds)}`,
      )
      if (result.state === 'cancelled') terminal.info('heddle run goes on where it stopped')
    },
  }
}

/** A screen for each kind of failure, with how many there were of it. */
function concludeFailures({ context: { terminal }, plan, failureOf }: RunViewOptions, failed: readonly FailedAttempt[], run: number): void {
  const groups = failuresAlike(plan.graph, failed)
  for (const [first, ...others] of groups.slice(0, FULL_SCREENS)) {
    const failure = failureOf(run, first)
    terminal.print()
    printLines(
      terminal,
      failureLines(failure, (style, text) => terminal.style(style, text)),
    )
    if (others.length > 0) terminal.print(`  and ${formatCount(others.length)} more of ${failure.id.replace(/@.*$/s, '')} failed like this`)
  }
  const untold = groups.slice(FULL_SCREENS).reduce((sum, group) => sum + group.length, 0)
  if (failed.length > 0) terminal.print()
  if (untold > 0) terminal.print(`and ${formatCount(untold)} more failed otherwise`)
  if (failed.length > FULL_SCREENS)
    terminal.print(`${terminal.style('cyan', 'heddle query quanta --state failed')} lists all ${formatCount(failed.length)}`)
}
