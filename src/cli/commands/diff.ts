/** `heddle diff`: what differs between two runs. */
import type { Command } from 'commander'
import { EXIT } from '../../model/errors.ts'
import { parseId } from '../../model/ids.ts'
import type { Reason } from '../../plan/decide/explain.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { compareRuns } from '../compare-runs.ts'
import { addExamples, type Context } from '../context.ts'
import { formatCount } from '../format-count.ts'
import { reasonText } from '../reason-text.ts'
import { readRun } from '../run-record.ts'
import { openSession } from '../session.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('[run]', 'the earlier run', 'last~1')
    .argument('[run]', 'the later run', 'last')
    .option('-v, --verbose', 'each quantum and each dataset')
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
    else for (const line of linesOf(difference, command.opts<{ verbose?: boolean }>().verbose === true)) terminal.print(line)
    return EXIT.done
  } finally {
    session.close()
  }
}

type Difference = ReturnType<typeof compareRuns>

/** A line for each quantum and dataset, or for each task and dataset type with the same reasons. */
function linesOf({ quanta, datasets }: Difference, each: boolean): string[] {
  const nameOf = (id: string): string => (each ? id : parseId(id).name)
  const reasonsOf = (reasons: Difference['quanta'][number]['reasons']): string =>
    [...new Set(reasons.map((reason) => textOf(reason as Reason | { kind: 'removed' }, nameOf)))].join(', ')
  const contentOf = (was: string | null, is: string | null): string =>
    each
      ? `${shown(was)} → ${shown(is)}`
      : was === null
        ? 'only in the later run'
        : is === null
          ? 'only in the earlier run'
          : 'other content'
  return [
    ...counted(quanta.map(({ id, reasons }) => [nameOf(id), reasonsOf(reasons)])).map(([name, text, count]) =>
      line(name, each ? '' : quantumCount(count), text),
    ),
    ...counted(datasets.map(({ id, was, is }) => [nameOf(id), contentOf(was, is)])).map(([name, text, count]) =>
      line(name, each ? '' : datasetCount(count), text),
    ),
  ]
}

function textOf(reason: Reason | { readonly kind: 'removed' }, nameOf: (id: string) => string): string {
  if (reason.kind === 'removed') return 'not in the later run'
  if (reason.kind === 'input' || reason.kind === 'output-missing') return reasonText({ ...reason, dataset: nameOf(reason.dataset) })
  if (reason.kind === 'upstream') return reasonText({ ...reason, quantum: nameOf(reason.quantum) })
  return reasonText(reason)
}

/** Equal pairs once, with how many there were, in the order in which they first came. */
function counted(pairs: readonly (readonly [string, string])[]): [string, string, number][] {
  const counts = new Map<string, [string, string, number]>()
  for (const [name, text] of pairs) {
    const key = JSON.stringify([name, text])
    const [, , count] = counts.get(key) ?? [name, text, 0]
    counts.set(key, [name, text, count + 1])
  }
  return [...counts.values()]
}

function line(name: string, count: string, text: string): string {
  return `${name}${count === '' ? '' : `  ${count}`}  ${text}`
}

function quantumCount(count: number): string {
  return count === 1 ? '1 quantum' : `${formatCount(count)} quanta`
}

function datasetCount(count: number): string {
  return count === 1 ? '1 dataset' : `${formatCount(count)} datasets`
}

function shown(digest: string | null): string {
  return digest === null ? 'nothing' : digest.slice(0, 12)
}
