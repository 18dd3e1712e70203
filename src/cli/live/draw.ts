/** The lines of the live view. */

import { formatSeconds } from '../../model/units.ts'
import { formatCount } from '../format-count.ts'
import { cut, pad } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { overOf, type RunProgress, rateOf, secondsLeft, type TaskProgress } from './progress.ts'

/** What the view shows. */
export interface ViewState {
  readonly run: string
  readonly progress: RunProgress
  readonly slots: number
  /** What a Ctrl-C has begun, as the last line. */
  readonly ending: string | undefined
  readonly now: number
}

/** Letters of task names that a task is said to wait for. */
const MOST_WAITED = 30
const BAR = 24

/** The view's lines for a terminal of this size; never wider, never higher. */
export function drawView(view: ViewState, terminal: Terminal, width: number, height: number): string[] {
  const { tasks } = view.progress
  const room = Math.max(1, height - 4)
  const shown = tasks.length <= room ? tasks : chooseTasks(tasks, room - 1)
  const nameWidth = Math.min(28, Math.max(4, ...shown.map((task) => task.task.length)))
  const lines = shown.map((task) => taskLine(task, view, terminal, nameWidth))
  if (shown.length < tasks.length) lines.push(terminal.style('dim', `  … and ${tasks.length - shown.length} more tasks`))
  lines.push(totalLine(view, terminal))
  if (view.ending !== undefined) lines.push(terminal.style('yellow', view.ending))
  return lines.map((line) => cut(line, width - 1))
}

/** Those at work first, then those to come, then those that are over. */
function chooseTasks(tasks: readonly TaskProgress[], room: number): TaskProgress[] {
  const rank = (task: TaskProgress): number => (task.running > 0 ? 0 : overOf(task) < task.total ? 1 : 2)
  const kept = new Set([...tasks].sort((a, b) => rank(a) - rank(b)).slice(0, room))
  return tasks.filter((task) => kept.has(task))
}

function taskLine(task: TaskProgress, view: ViewState, terminal: Terminal, nameWidth: number): string {
  const over = overOf(task)
  const counts = `${formatCount(over)}/${formatCount(task.total)}`
  const parts = [
    part(task.running, 'running', (text) => text),
    part(task.running === 0 ? task.queued : 0, 'queued', (text) => text),
    part(task.reused, 'reused', (text) => terminal.style('blue', text)),
    part(task.noWork + task.pruned, 'without work', (text) => terminal.style('dim', text)),
    part(task.failed, 'failed', (text) => terminal.style('red', text)),
    part(task.blocked, 'blocked', (text) => terminal.style('yellow', text)),
    part(task.cancelled, 'cancelled', (text) => terminal.style('yellow', text)),
  ].filter((text) => text !== '')
  const waiting = over < task.total && task.running + task.queued === 0 ? waitsFor(task, view.progress) : undefined
  if (waiting !== undefined) parts.push(terminal.style('dim', waiting))
  return `${pad(cut(task.task, nameWidth), nameWidth)} ${bar(task, terminal)} ${pad(counts, 11, 'right')}  ${parts.join(', ')}`
}

function part(count: number, what: string, paint: (text: string) => string): string {
  return count === 0 ? '' : paint(`${formatCount(count)} ${what}`)
}

function waitsFor(task: TaskProgress, progress: RunProgress): string | undefined {
  const names = task.upstream
    .map((t) => progress.tasks[t] as TaskProgress)
    .filter((other) => overOf(other) < other.total)
    .map((other) => other.task)
  const all = names.join(' and ')
  if (names.length > 2 || all.length > MOST_WAITED) return `waits for ${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ''}`
  if (names.length > 0) return `waits for ${all}`
  return 'waits for a slot'
}

/** A bar in four parts: done, reused, failed or blocked, running; what is left is light. */
function bar(task: TaskProgress, terminal: Terminal): string {
  const scale = (n: number): number => (task.total === 0 ? 0 : (n / task.total) * BAR)
  const bad = task.failed + task.blocked + task.cancelled
  let drawn = ''
  let length = 0
  const fill = (upTo: number, character: string, style: 'green' | 'blue' | 'red' | 'cyan' | 'dim'): void => {
    const count = Math.max(0, Math.min(BAR, upTo) - length)
    if (count > 0) drawn += terminal.style(style, character.repeat(count))
    length += count
  }
  const done = task.completed + task.noWork + task.pruned
  fill(Math.floor(scale(task.reused)), '█', 'blue')
  fill(Math.floor(scale(task.reused + done)), '█', 'green')
  fill(bad === 0 ? 0 : Math.max(length + 1, Math.round(scale(task.reused + done + bad))), '▒', 'red')
  fill(task.running === 0 ? 0 : Math.max(length + 1, Math.round(scale(overOf(task) + task.running))), '▓', 'cyan')
  fill(BAR, '░', 'dim')
  return drawn
}

function totalLine(view: ViewState, terminal: Terminal): string {
  const { progress, now } = view
  let over = 0
  let total = 0
  for (const task of progress.tasks) {
    over += overOf(task)
    total += task.total
  }
  const parts = [terminal.style('bold', `${formatCount(over)} of ${formatCount(total)}`), formatSeconds((now - progress.began) / 1000)]
  const rate = rateOf(progress, now)
  if (rate > 0) parts.push(rate >= 10 ? `${formatCount(Math.round(rate))}/s` : `${rate.toFixed(1)}/s`)
  const left = over < total ? secondsLeft(progress, view.slots) : undefined
  if (left !== undefined && left >= 1) parts.push(`about ${formatSeconds(Math.round(left))} left`)
  return `${terminal.style('dim', view.run)}  ${parts.join(' · ')}`
}
