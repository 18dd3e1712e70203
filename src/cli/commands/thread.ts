/** `heddle thread`: what something was made from, and what came of it. */
import type { Command } from 'commander'
import { EXIT } from '../../model/errors.ts'
import { parseId } from '../../model/ids.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { addExamples, type Context } from '../context.ts'
import { datasetNamed, quantumNamed } from '../named.ts'
import { type RunRecord, readRun } from '../run-record.ts'
import { openPipelineSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { type Direction, type Thread, type ThreadStart, threadOf } from '../thread-of.ts'

interface ThreadOptions {
  readonly run?: string
  readonly forward?: boolean
  readonly both?: boolean
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('<id>', 'a dataset, or a quantum')
    .option('--forward', 'what came of it')
    .option('--both', 'both ways')
    .option('--run <run>', 'as in this run (default: the last one)')
  addExamples(command, [
    ['heddle thread chart', 'everything behind it'],
    ['heddle thread clean@station=Seattle,year=2012 --forward', 'what came of it'],
  ])
}

/** Prints the thread. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<ThreadOptions>()
  const session = await openPipelineSession({ options: context.options })
  try {
    const record = readRun(session, resolveRun(session.database, options.run ?? 'last'))
    const direction: Direction = options.both === true ? 'both' : options.forward === true ? 'forward' : 'backward'
    const start = startOf(record, command.args[0] as string)
    const thread = threadOf(session, record, start, direction)
    if (context.json) context.terminal.print(JSON.stringify(thread))
    else printThread(context.terminal, thread)
    return EXIT.done
  } finally {
    session.close()
  }
}

function startOf({ graph }: RunRecord, text: string): ThreadStart {
  const { kind, name } = parseId(text)
  const isType = graph.types.some(({ type }) => type === name)
  if (kind !== 'quantum' && (isType || !graph.tasks.some(({ task }) => task === name))) return { dataset: datasetNamed(graph, text) }
  return { quantum: quantumNamed(graph, text) }
}

function printThread(terminal: Terminal, { nodes, edges }: Thread): void {
  for (const node of nodes) {
    const from = edges.filter(({ to, kind }) => to === node.id && kind !== 'run').map((edge) => edge.from.replace(/^\w+:/, ''))
    const digest = typeof node.digest === 'string' ? ` ${node.digest.slice(0, 12)}` : ''
    const run = node.kind === 'quantum' ? ` in ${String(node.run)}` : ''
    const who = node.kind === 'run' ? ` by ${String(node.user)} at ${String(node.host)}, ${String(node.started)}` : ''
    terminal.print(
      `${terminal.style('dim', node.kind.padEnd(8))}${terminal.style('bold', String(node.name))}${digest}${run}${who}${from.length === 0 ? '' : terminal.style('dim', ` ← ${shortened(from)}`)}`,
    )
  }
}

function shortened(ids: readonly string[]): string {
  return ids.length <= 4 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`
}
