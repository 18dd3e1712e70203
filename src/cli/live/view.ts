/** What a run shows while it runs: a live picture on a terminal, plain lines in a pipe. */

import type { Event } from '../../model/events.ts'
import { formatSeconds } from '../../model/units.ts'
import { formatCount } from '../format-count.ts'
import type { Terminal } from '../terminal.ts'
import { drawView } from './draw.ts'
import { countEvent, overOf, type ProgressStart, type RunProgress, rateOf, secondsLeft, startProgress, taskOf } from './progress.ts'
import { openScreen } from './screen.ts'

/** A view of a run. */
export interface RunView {
  readonly progress: RunProgress
  /** Takes in committed events, in order. */
  take(events: readonly Event[], at: number): void
  /** Says what a Ctrl-C has begun. */
  ending(text: string): void
  /** Ends the view; what stands on the terminal then stays there. */
  close(): void
}

/** What a view is opened with. */
export interface ViewOptions extends ProgressStart {
  readonly terminal: Terminal
  readonly run: string
  readonly slots: number
  /** Lines about a quantum that failed, shown as it happens. */
  readonly failure: (event: Event & { readonly event: 'QuantumFailed' }) => string | undefined
}

const REDRAW_MS = 100

/** The view that fits where standard output goes. */
export function openView(options: ViewOptions): RunView {
  return options.terminal.live ? openLiveView(options) : openPlainView(options)
}

function openLiveView(options: ViewOptions): RunView {
  const { terminal, graph, run, slots } = options
  const progress = startProgress(options)
  const screen = openScreen(terminal)
  let ending: string | undefined
  let changed = true
  const draw = (now: number): void => {
    changed = false
    screen.draw(drawView({ run, progress, slots, ending, now }, terminal, terminal.width(), terminal.height()))
  }
  // Once a second also without news: the clock and the time left move on.
  let lastDrawn = 0
  const timer = setInterval(() => {
    const now = Date.now()
    if (!changed && now - lastDrawn < 1000) return
    lastDrawn = now
    draw(now)
  }, REDRAW_MS)
  const restoreCursor = (): void => screen.close(true)
  process.once('exit', restoreCursor)
  draw(options.now)
  return {
    progress,
    take: (events, at) => {
      for (const event of events) {
        countEvent(progress, graph, event, at)
        const text = remark(event, options)
        if (text !== undefined) screen.above(text)
      }
      changed = true
    },
    ending: (text) => {
      ending = text
      draw(Date.now())
    },
    close: () => {
      clearInterval(timer)
      process.off('exit', restoreCursor)
      ending = undefined
      draw(Date.now())
      screen.close(true)
    },
  }
}

/** What is said about an event beside counting it. */
function remark(event: Event, { terminal, failure }: ViewOptions): string | undefined {
  if (event.event === 'QuantumFailed') return failure(event)
  if (event.event === 'Warned') return `${terminal.style('yellow', 'warning')} ${event.code}: ${event.message}`
  if (event.event === 'SiteLost') return terminal.style('yellow', `lost ${event.site}: ${event.message}`)
  return undefined
}

const QUIET_MS = 20_000

function openPlainView(options: ViewOptions): RunView {
  const { terminal, graph } = options
  const progress = startProgress(options)
  const announced = new Set<number>()
  let last = options.now
  const announce = (t: number): void => {
    const task = progress.tasks[t]
    if (task === undefined || announced.has(t) || overOf(task) < task.total || task.total === 0) return
    announced.add(t)
    terminal.print(
      `${task.task}: ${describeCounts(task)}${task.began === undefined || task.ended === undefined ? '' : ` in ${formatSeconds((task.ended - task.began) / 1000)}`}`,
    )
    last = Date.now()
  }
  const timer = setInterval(() => {
    const now = Date.now()
    if (now - last < QUIET_MS) return
    last = now
    terminal.print(describeProgress(progress, options.slots, now))
  }, 1000)
  progress.tasks.forEach((_, t) => {
    announce(t)
  })
  return {
    progress,
    take: (events, at) => {
      for (const event of events) {
        countEvent(progress, graph, event, at)
        const text = remark(event, options)
        if (text !== undefined) terminal.print(text)
        if ('q' in event) announce(taskOf(graph, event.q))
      }
    },
    ending: (text) => terminal.note(text),
    close: () => clearInterval(timer),
  }
}

/** `6 completed, 2 reused, 1 failed`. */
export function describeCounts(counts: {
  readonly completed: number
  readonly reused: number
  readonly noWork: number
  readonly pruned: number
  readonly failed: number
  readonly blocked: number
  readonly cancelled: number
}): string {
  const parts = [
    [counts.completed, 'completed'],
    [counts.reused, 'reused'],
    [counts.noWork, 'without work'],
    [counts.pruned, 'not needed'],
    [counts.failed, 'failed'],
    [counts.blocked, 'blocked'],
    [counts.cancelled, 'cancelled'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`)
  return said.length === 0 ? 'nothing to do' : said.join(', ')
}

function describeProgress(progress: RunProgress, slots: number, now: number): string {
  const over = progress.tasks.reduce((sum, task) => sum + overOf(task), 0)
  const total = progress.tasks.reduce((sum, task) => sum + task.total, 0)
  const left = secondsLeft(progress, slots)
  const rate = rateOf(progress, now)
  return `${formatCount(over)} of ${formatCount(total)} after ${formatSeconds((now - progress.began) / 1000)}${rate > 0 ? `, ${rate.toFixed(1)}/s` : ''}${left === undefined ? '' : `, about ${formatSeconds(left)} left`}`
}
