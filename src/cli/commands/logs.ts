/** `heddle logs`: what attempts printed, and why they failed. */
import type { Command } from 'commander'
import { EXIT } from '../../model/errors.ts'
import { parseId } from '../../model/ids.ts'
import { QUANTUM_STATES } from '../../model/states.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import { findAttemptLog, readAttemptLog } from '../../store/sqlite/attempt-logs.ts'
import { followLog } from '../../store/sqlite/log.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { recordOfAttempt } from '../attempt-record.ts'
import { addExamples, type Context } from '../context.ts'
import { datasetSizes } from '../dataset-sizes.ts'
import { engineOf, stateOf } from '../engine-alive.ts'
import { failureOf, logsFolder, logTail } from '../failure-of.ts'
import { failureLines } from '../failure-screen.ts'
import { printLines } from '../lines.ts'
import { quantumNamed } from '../named.ts'
import { readRun, readRunGraph } from '../run-record.ts'
import { databaseFile, openSession, type Session } from '../session.ts'
import { harmless } from '../table.ts'

interface LogsOptions {
  readonly file?: string
  readonly run?: string
  readonly follow?: boolean
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('[id]', 'a quantum, or an attempt QUANTUM#2 (default: everything that failed)')
    .option('-f, --follow', 'print logs as attempts end, while the run goes on')
    .option('--run <run>', 'of this run (default: the newest one in which it ran)')
    .option('--file <file>', 'the pipeline file (default: heddle.yaml)')
  addExamples(command, [
    ['heddle logs', 'every failure of the last run'],
    ['heddle logs clean@station=Seattle,year=2012', 'what its last attempt printed'],
    ['heddle logs -f', 'all logs of the run that goes on'],
  ])
}

/** Prints them. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<LogsOptions>()
  const session = openSession({ options: context.options, file: options.file })
  try {
    const id = command.args[0]
    if (options.follow === true) return await follow(context, session, options, id)
    if (id === undefined) return await showFailures(context, session, options.run ?? 'last')
    return showLog(context, session, id, options.run)
  } finally {
    session.close()
  }
}

function showLog({ terminal, json }: Context, session: Session, id: string, run: string | undefined): number {
  const { record, q } = recordOfAttempt(session, id, run)
  const attempt = parseId(id).attempt ?? Math.max(1, record.attempts[q] as number)
  const quantum = idOfQuantum(record.graph, q)
  const place = findAttemptLog(session.database, logsFolder(session), record.run.id, q, attempt)
  const log = Buffer.from(readAttemptLog(place))
  const state = QUANTUM_STATES[record.state[q] as number] as string
  if (json) {
    terminal.print(
      JSON.stringify({ id: `${quantum}#${attempt}`, quantum, attempt, run: record.run.name, state, log: log.toString('utf8') }),
    )
    return EXIT.done
  }
  terminal.info(
    terminal.noteStyle('dim', `${quantum}#${attempt}, ${state}, run ${record.run.name}${log.length === 0 ? ': it printed nothing' : ''}`),
  )
  if (log.length > 0) terminal.write(terminal.interactive ? harmless(log.toString('utf8')) : log.toString('utf8'))
  return EXIT.done
}

async function showFailures({ terminal, json }: Context, session: Session, run: string): Promise<number> {
  const record = readRun(session, resolveRun(session.database, run))
  const isLoaded = await session.tryLoadPipeline()
  const sizes = isLoaded ? datasetSizes(session, record) : undefined
  const sizeOf = (d: number): number | undefined => (Number.isNaN(record.sizes[d]) ? sizes?.of(d) : record.sizes[d])
  const failures = [...record.failures.values()].map((event) =>
    failureOf({ session, run: record.run.id, graph: record.graph, sizeOf }, event),
  )
  if (json) {
    printLines(
      terminal,
      failures.map((failure) => JSON.stringify(failure)),
    )
    return EXIT.done
  }
  if (failures.length === 0)
    terminal.print(
      `nothing failed in run ${record.run.name} (${stateOf(session, record.run)}); heddle logs ID shows what one quantum printed`,
    )
  for (const failure of failures) {
    printLines(
      terminal,
      failureLines(failure, (style, text) => terminal.style(style, text)),
    )
    terminal.print()
  }
  return EXIT.done
}

async function follow({ terminal, json }: Context, session: Session, options: LogsOptions, id: string | undefined): Promise<number> {
  const row = resolveRun(session.database, options.run ?? 'last')
  const { graph } = readRunGraph(session.place.store, row.graph)
  const only = id === undefined ? undefined : quantumNamed(graph, id)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const isAlive = (): boolean => engineOf(session)?.run === row.name
  for await (const { events } of followLog(session.database, databaseFile(session.place), row.id, {
    after: 0,
    isAlive,
    signal: stop.signal,
  })) {
    for (const event of events) {
      if (event.event !== 'QuantumCompleted' && event.event !== 'QuantumFailed' && event.event !== 'QuantumRetried') continue
      if (only !== undefined && event.q !== only) continue
      printAttempt(event.q, event.attempt)
    }
  }
  return stop.signal.aborted ? EXIT.interrupted : EXIT.done

  function printAttempt(q: number, attempt: number): void {
    const log = logTail(session, row.id, q, attempt, Number.MAX_SAFE_INTEGER)
    const quantum = idOfQuantum(graph, q)
    if (json) return terminal.print(JSON.stringify({ id: `${quantum}#${attempt}`, quantum, attempt, log }))
    if (log === '') return
    for (const line of log.trimEnd().split('\n'))
      terminal.print(`${terminal.style('dim', `${quantum} │`)} ${terminal.interactive ? harmless(line) : line}`)
  }
}
