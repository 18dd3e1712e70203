/** `heddle status`: how a run stands. */
import type { Command } from 'commander'
import { EXIT } from '../../model/errors.ts'
import { QUANTUM_STATES } from '../../model/states.ts'
import { formatSeconds } from '../../model/units.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { addExamples, type Context } from '../context.ts'
import { formatCount } from '../format-count.ts'
import { printLines } from '../lines.ts'
import { readRun } from '../run-record.ts'
import { type RunStanding, standingOf } from '../run-standing.ts'
import { openSession } from '../session.ts'
import { tableLines } from '../table.ts'
import type { Terminal } from '../terminal.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[run]', 'the run (default: the last one)').option('-f, --file <file>', 'the pipeline file (default: heddle.yaml)')
  addExamples(command, [
    ['heddle status', 'the last run'],
    ['heddle status last~1 --json', 'the one before it, for a program'],
  ])
}

/** Prints it. */
export async function run(context: Context, command: Command): Promise<number> {
  const session = openSession({ options: context.options, file: command.opts<{ file?: string }>().file })
  try {
    const row = resolveRun(session.database, command.args[0] ?? 'last')
    const standing = await standingOf(session, readRun(session, row))
    if (context.json) {
      context.terminal.print(JSON.stringify(standing))
      return EXIT.done
    }
    const seconds = ((row.finished ?? Date.now()) - row.started) / 1000
    context.terminal.print(
      `${context.terminal.style('bold', standing.state)} ${standing.run}, began ${new Date(row.started).toISOString()}${standing.state === 'interrupted' ? '' : `, ${formatSeconds(seconds)}`}`,
    )
    printLines(context.terminal, standingLines(standing, context.terminal))
    if (standing.state === 'interrupted')
      context.terminal.info('its engine is gone; heddle run goes on, and what was completed counts as reused')
    return EXIT.done
  } finally {
    session.close()
  }
}

/** A table of states by task, and what the rest waits for. */
export function standingLines(standing: RunStanding, terminal: Terminal): string[] {
  const tasks = Object.entries(standing.tasks)
  const states = QUANTUM_STATES.filter((state) => tasks.some(([, tally]) => (tally[state] ?? 0) > 0))
  const columns = [{ title: 'task' }, ...states.map((title) => ({ title, align: 'right' as const }))]
  const rows = tasks.map(([task, tally]) => [task, ...states.map((state) => (tally[state] === undefined ? '' : formatCount(tally[state])))])
  return [
    ...tableLines(columns, rows, (text) => terminal.style('dim', text)),
    ...standing.waiting.map(({ reason, count }) => `${formatCount(count)} ${count === 1 ? 'quantum' : 'quanta'}: ${reason}`),
  ]
}
