/** `heddle query`: dimensions, datasets, quanta, jobs, annotations and runs as rows. */
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import { QUANTUM_STATES } from '../../model/states.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import { readLog } from '../../store/sqlite/log.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { addExamples, type Context, collectWords, readCount } from '../context.ts'
import { planSession } from '../plan/plan-session.ts'
import { addSelectionOptions, collectParameters, type PlanningOptions } from '../planning-options.ts'
import { narrowRows, printRows, type Row } from '../query/rows.ts'
import { readRun, readRunGraph } from '../run-record.ts'
import { openPipelineSession, openSession, type Session } from '../session.ts'

interface QueryOptions extends PlanningOptions {
  readonly columns?: readonly string[]
  readonly sort?: readonly string[]
  readonly limit?: number
  readonly run?: string
  readonly state?: readonly string[]
  readonly tasks?: readonly string[]
}

type Subject = (session: Session, names: readonly string[], options: QueryOptions) => Promise<Iterable<Row>>

const SUBJECTS: Readonly<Record<string, Subject>> = {
  dimensions: async (session, names, options) => (await import('../query/dimensions.ts')).dimensionRows(session, names, options),
  datasets: async (session, names, options) => {
    const { datasetRows, runDatasetRows } = await import('../query/datasets.ts')
    if (options.run === undefined) return datasetRows(session, names, options)
    return runDatasetRows(session, readRun(session, resolveRun(session.database, options.run)), names)
  },
  quanta: async (session, _, options) => {
    const { quantumRows } = await import('../query/quanta.ts')
    const states = knownStates(options.state)
    const rows = quantumRows(readRun(session, resolveRun(session.database, options.run ?? 'last')), chosenQuanta(session, options))
    return states === undefined ? rows : [...rows].filter((row) => states.includes(row.state as string))
  },
  jobs: async (session, _, options) => {
    const { jobRows } = await import('../query/jobs.ts')
    const run = resolveRun(session.database, options.run ?? 'last')
    const { graph } = readRunGraph(session.place.store, run.graph)
    return jobRows(run.name, graph, readLog(session.database, run.id), chosenQuanta(session, options))
  },
  annotations: async (session, _, options) => {
    const { annotationRows } = await import('../query/annotations.ts')
    const run = resolveRun(session.database, options.run ?? 'last')
    const { graph } = readRunGraph(session.place.store, run.graph)
    return annotationRows(run.name, graph, readLog(session.database, run.id), chosenQuanta(session, options))
  },
  runs: async (session) => (await import('../query/runs.ts')).runRows(session),
}

/** Columns of the table that a person sees unless `--columns` asks for others; JSON has them all. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  datasets: ['id', 'size', 'run', 'path'],
  quanta: ['id', 'state', 'attempts', 'seconds', 'exitCode'],
  jobs: ['id', 'state', 'started', 'seconds', 'cpuSeconds', 'peakMemoryBytes', 'exitCode', 'signal'],
  annotations: ['quantum', 'annotation', 'log'],
  runs: ['run', 'state', 'started', 'seconds', 'counts'],
}

/** The others can be asked although the pipeline file is broken or gone. */
const NEEDS_PIPELINE = new Set(['dimensions', 'datasets'])

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('<subject>', Object.keys(SUBJECTS).join(', ')).argument('[name...]', 'dimensions to join, or dataset types')
  addSelectionOptions(command)
    .option(
      '--columns <names>',
      'these columns (all: --json); of dimensions, further ones: FIELD, DIMENSION.FIELD, RELATION.FIELD',
      collectWords,
    )
    .option('--sort <names>', 'sort by these columns, -NAME descending', collectWords)
    .option('--limit <n>', 'at most so many rows', readCount('--limit'))
    .option('--run <run>', 'of this run (default: datasets of all runs, else the last one)')
    .option('--tasks <names>', 'quanta and jobs of these tasks', collectWords)
    .option('--state <names>', 'quanta in these states', collectWords)
    .option('--param <name=value>', 'set a parameter', collectParameters)
    .option('-f, --file <file>', 'the pipeline file (default: heddle.yaml)')
  addExamples(command, [
    [`heddle query dimensions station year --where "year > 2013"`, 'what the records hold together'],
    ['heddle query datasets yearly --sort -size --limit 5', 'the five largest'],
    ['heddle query quanta --state failed --json', 'what failed in the last run'],
  ])
}

/** Prints the rows. */
export async function run(context: Context, command: Command): Promise<number> {
  const [name = '', ...names] = command.args
  const options = command.opts<QueryOptions>()
  const subject = Object.hasOwn(SUBJECTS, name) ? SUBJECTS[name] : undefined
  if (subject === undefined) {
    throw new HeddleError('usage', `there is nothing called ${JSON.stringify(name)} to query${didYouMean(name, Object.keys(SUBJECTS))}`, {
      hint: `query takes one of ${Object.keys(SUBJECTS).join(', ')}`,
    })
  }
  const open = NEEDS_PIPELINE.has(name) || options.where !== undefined ? openPipelineSession : openSession
  const session = await open({ options: context.options, file: options.file, param: options.param })
  try {
    const rows = await subject(session, names, options)
    // `--columns` of dimensions adds columns instead of choosing some.
    const { columns, ...rest } = options
    const shown = columns ?? (context.json ? undefined : SHOWN[name])
    printRows(context, narrowRows(rows, name === 'dimensions' ? rest : { ...rest, columns: shown }), `no ${name}`)
    return EXIT.done
  } finally {
    session.close()
  }
}

function knownStates(asked: readonly string[] | undefined): readonly string[] | undefined {
  for (const state of asked ?? []) {
    if (!QUANTUM_STATES.some((known) => known === state)) {
      throw new HeddleError('usage', `there is no state ${JSON.stringify(state)}${didYouMean(state, QUANTUM_STATES)}`, {
        hint: `the states are ${QUANTUM_STATES.join(', ')}`,
      })
    }
  }
  return asked
}

/** Which quanta `--where` and `--tasks` mean. */
function chosenQuanta(session: Session, options: QueryOptions): (id: string, task?: string) => boolean {
  const { tasks } = options
  const inTasks = (id: string): boolean => tasks === undefined || tasks.includes(id.replace(/@.*$/s, ''))
  if (options.where === undefined) return inTasks
  const { graph } = planSession(session, { where: options.where, ...(options.bind === undefined ? {} : { bind: options.bind }) })
  const ids = new Set(Array.from({ length: graph.quanta }, (_, q) => idOfQuantum(graph, q)))
  return (id) => ids.has(id) && inTasks(id)
}
