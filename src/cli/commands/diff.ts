/** `heddle diff`: what differs between two runs. */
import type { Command } from 'commander'
import { EXIT } from '../../model/errors.ts'
import type { Reason } from '../../plan/explain.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { compareRuns } from '../compare-runs.ts'
import { addExamples, type Context } from '../context.ts'
import { reasonText } from '../reason-text.ts'
import { readRun } from '../run-record.ts'
import { openSession } from '../session.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[run]', 'the earlier run', 'last~1').argument('[run]', 'the later run', 'last')
  addExamples(command, [
    ['heddle diff', 'the last two runs'],
    ['heddle diff last~3 last --json', 'for a program'],
  ])
}

/** Prints the differences. */
export async function run(context: Context, command: Command): Promise<number> {
  const [was = 'last~1', is = 'last'] = command.args
  const session = openSession({ options: context.options })
  try {
    const difference = compareRuns(
      session,
      readRun(session, resolveRun(session.database, was)),
      readRun(session, resolveRun(session.database, is)),
    )
    const { terminal } = context
    if (context.json) {
      terminal.print(JSON.stringify(difference))
      return EXIT.done
    }
    if (difference.quanta.length + difference.datasets.length === 0) terminal.print('no difference')
    for (const { id, reasons } of difference.quanta) {
      const texts = reasons.map((reason) => ((reason as { kind: string }).kind === 'removed' ? 'removed' : reasonText(reason as Reason)))
      terminal.print(`${terminal.style('bold', id)}  ${texts.join(', ')}`)
    }
    for (const { id, was: before, is: now } of difference.datasets) {
      terminal.print(`${terminal.style('bold', id)}  ${shown(before)} → ${shown(now)}`)
    }
    return EXIT.done
  } finally {
    session.close()
  }
}

function shown(digest: string | null): string {
  return digest === null ? 'nothing' : digest.slice(0, 12)
}
