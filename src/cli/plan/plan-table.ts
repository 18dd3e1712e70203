/** A plan as a person reads it: a line a task, or a line a quantum. */

import { ACTION, REASON, type TaskBlock } from '../../model/graph.ts'
import type { History } from '../../model/history.ts'
import type { Plan } from '../../model/plan.ts'
import { formatSeconds } from '../../model/units.ts'
import type { Reason } from '../../plan/decide/explain.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import { formatCount } from '../format-count.ts'
import { reasonText } from '../reason-text.ts'
import { tableLines } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { countsOf, type ReasonsOf } from './plan-json.ts'

/** Mean seconds of a quantum of each task in earlier runs; undefined where there was none. */
export function expectedSeconds(plan: Plan, history: History): (number | undefined)[] {
  return plan.graph.tasks.map((block) => {
    let sum = 0
    let count = 0
    for (let q = block.first; q < block.first + block.count; q++) {
      const execution = plan.execution[q] as number
      if (execution === 0 || history.kind(execution) !== 'completed') continue
      sum += history.wallSeconds(execution)
      count++
    }
    return count === 0 ? undefined : sum / count
  })
}

/** The lines of the table, with a sum below. */
export function planTable(
  plan: Plan,
  reasonsOf: ReasonsOf,
  expected: readonly (number | undefined)[],
  slots: number,
  terminal: Terminal,
): string[] {
  const rows = plan.graph.tasks.map((block, t) => {
    const counts = countsOf(plan, block)
    const mean = expected[t]
    return [
      block.task,
      formatCount(counts.quanta),
      formatCount(counts.run),
      formatCount(counts.reuse),
      counts.blocked > 0 ? terminal.style('yellow', formatCount(counts.blocked)) : '',
      counts.run === 0 || mean === undefined ? '' : estimateText((counts.run * mean) / slots),
      summarisedReasons(plan, reasonsOf, block).join(', '),
    ]
  })
  const columns = [
    { title: 'task' },
    { title: 'quanta', align: 'right' },
    { title: 'to run', align: 'right' },
    { title: 'reused', align: 'right' },
    { title: rows.some((row) => row[4] !== '') ? 'blocked' : '', align: 'right' },
    { title: 'time', align: 'right' },
    { title: 'why' },
  ] as const
  const kept = columns
    .map((column, c) => ({ column, c }))
    .filter(({ column, c }) => column.title !== '' && (c !== 5 || rows.some((row) => row[5] !== '')))
  return tableLines(
    kept.map(({ column }) => column),
    rows.map((row) => kept.map(({ c }) => row[c] as string)),
    (text) => terminal.style('dim', text),
  )
}

function estimateText(seconds: number): string {
  return seconds < 0.001 ? '<1 ms' : `~${formatSeconds(seconds)}`
}

/** `12 to run, 4 reused of 16; about 8 s on 2 slots`. */
export function planTotals(plan: Plan, expected: readonly (number | undefined)[], slots: number): string {
  let run = 0
  let reuse = 0
  let blocked = 0
  let seconds = 0
  let unknown = false
  plan.graph.tasks.forEach((block, t) => {
    const counts = countsOf(plan, block)
    run += counts.run
    reuse += counts.reuse
    blocked += counts.blocked
    if (counts.run > 0 && expected[t] === undefined) unknown = true
    seconds += counts.run * (expected[t] ?? 0)
  })
  if (plan.graph.quanta === 0) return 'nothing to do: no quantum'
  const time =
    run === 0 || seconds === 0
      ? ''
      : `; ${unknown ? 'at least ' : 'about '}${formatSeconds(seconds / slots)} on ${slots} slot${slots === 1 ? '' : 's'}`
  return `${formatCount(run)} to run, ${formatCount(reuse)} reused${blocked > 0 ? `, ${formatCount(blocked)} blocked` : ''}, of ${formatCount(plan.graph.quanta)}${time}`
}

/** Reasons of a task's quanta, the most frequent first, with counts where not all share one. */
function summarisedReasons(plan: Plan, reasonsOf: ReasonsOf, block: TaskBlock): string[] {
  const found = new Map<number, { count: number; first: number }>()
  let toRun = 0
  for (let q = block.first; q < block.first + block.count; q++) {
    if (plan.action[q] !== ACTION.run) continue
    toRun++
    const bits = plan.reasons[q] as number
    for (const bit of Object.values(REASON)) {
      if ((bits & bit) === 0) continue
      const seen = found.get(bit)
      if (seen === undefined) found.set(bit, { count: 1, first: q })
      else seen.count++
    }
  }
  return [...found]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([bit, { count, first }]) => `${generalText(reasonsOf(first), bit, count)}${count === toRun ? '' : ` (${formatCount(count)})`}`)
}

const KIND_OF_BIT: Readonly<Record<number, Reason['kind']>> = {
  [REASON.new]: 'new',
  [REASON.code]: 'code',
  [REASON.config]: 'config',
  [REASON.input]: 'input',
  [REASON.environment]: 'environment',
  [REASON.outputMissing]: 'output-missing',
  [REASON.upstream]: 'upstream',
  [REASON.failed]: 'failed',
  [REASON.forced]: 'forced',
}

const MOST_TEXTS = 3

/** The reasons of one kind of the first such quantum, said so that they fit all of them. */
function generalText(reasons: readonly Reason[], bit: number, count: number): string {
  const kind = KIND_OF_BIT[bit]
  const own = reasons.filter((reason) => reason.kind === kind)
  const exact = count === 1 && own.length === 1
  const texts = new Set(own.map((reason) => reasonText(exact ? reason : withoutDataId(reason))))
  return texts.size === 0 ? String(kind) : [...texts].slice(0, MOST_TEXTS).join(', ')
}

function withoutDataId(reason: Reason): Reason {
  const short = (id: string): string => id.replace(/@.*$/s, '')
  if ('dataset' in reason) return { ...reason, dataset: short(reason.dataset) }
  return reason.kind === 'upstream' ? { ...reason, quantum: short(reason.quantum) } : reason
}

/** A line for each quantum: what happens to it, and why. */
export function* quantumLines(plan: Plan, reasonsOf: ReasonsOf, terminal: Terminal): Iterable<string> {
  for (let q = 0; q < plan.graph.quanta; q++) {
    const id = idOfQuantum(plan.graph, q)
    const action = plan.action[q]
    if (action === ACTION.reuse)
      yield `${terminal.style('blue', 'reuse  ')} ${id}${plan.execution[q] === 0 ? terminal.style('dim', '  too few inputs: not needed') : ''}`
    else if (action === ACTION.blocked) yield `${terminal.style('yellow', 'blocked')} ${id}${blockedText(plan, q)}`
    else {
      const why = reasonsOf(q).map(reasonText).join(', ')
      yield `${terminal.style('green', 'run    ')} ${id}${why === '' ? '' : terminal.style('dim', `  ${why}`)}`
    }
  }
}

function blockedText(plan: Plan, q: number): string {
  const by = plan.blockedBy[q] as number
  return by >= 0 ? `  by ${idOfQuantum(plan.graph, by)}` : '  an overall input is missing'
}
