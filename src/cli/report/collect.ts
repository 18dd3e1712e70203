/** Gathers what a report shows, from the event log, the graph and the history. */
import { HeddleError } from '../../model/errors.ts'
import { STATE } from '../../model/states.ts'
import { readLog } from '../../store/sqlite/log.ts'
import { type RunRow, reusedExecutions, taskIdentities } from '../../store/sqlite/runs.ts'
import { type Attempts, type RunBounds, readAttempts } from '../../thread/report/attempts.ts'
import type { ReportData } from '../../thread/report/data.ts'
import { summariseTasks, tallyOf } from '../../thread/report/summarise-tasks.ts'
import { svgText } from '../drawing/svg.ts'
import { stateOf } from '../engine-alive.ts'
import { formatCount } from '../format-count.ts'
import { type RunRecord, readRun } from '../run-record.ts'
import type { Session } from '../session.ts'
import { VERSION } from '../version.ts'
import { reportedFailures } from './reported-failures.ts'
import { runReasons } from './run-reasons.ts'
import { taskDrawing } from './task-drawing.ts'

/** Everything about one run; `now` is in ms since 1970. */
export async function collectReport(given: Session, run: RunRow, now: number): Promise<ReportData> {
  const record = readRun(given, run)
  const { session, warnings } = await withPipeline(given)
  const state = stateOf(given, run)
  const bounds = boundsOf(session, run, state === 'running' ? now : run.started)
  const attempts = readAttempts(readLog(session.database, run.id), bounds)
  const reasons = runReasons(session, run, record.graph)
  const tasks = summariseTasks(record.graph, record.state, attempts, (name) => {
    const task = session.pipeline.tasks.find((candidate) => candidate.name === name)
    return {
      description: task?.description,
      asked: { cores: task?.resources.cores ?? 1, memory: task?.resources.memory },
      reasons: reasons.get(name) ?? [],
    }
  })
  const drawing = taskDrawing(record.graph, (t) => detailOf(record, t))
  return {
    run: {
      name: run.name,
      pipeline: run.pipeline,
      description: session.pipeline.description,
      state,
      ...bounds,
      slots: slotsOf(run, attempts),
      graph: run.graph,
      request: run.request,
      writtenBy: VERSION,
      writtenAt: now,
    },
    graph: record.graph,
    states: record.state,
    attempts,
    tasks,
    drawing: svgText(drawing),
    failures: reportedFailures(session, record),
    failed: record.failures.size,
    warnings: [...record.warnings, ...warnings],
    identities: taskIdentities(session.database, run.id),
    savedSeconds: savedSeconds(session, record),
  }
}

/** The pipeline as it is now: it tells what was asked for. One that cannot be read takes that away, and nothing else. */
async function withPipeline(session: Session): Promise<{ session: Session; warnings: ReportData['warnings'] }> {
  try {
    await session.loadPipeline()
    return { session, warnings: [] }
  } catch (error) {
    if (!(error instanceof HeddleError)) throw error
    const pipeline = { tasks: [], datasets: [], description: undefined } as Partial<Session['pipeline']>
    const without = Object.create(session, { pipeline: { value: pipeline } }) as Session
    const message = `the pipeline file cannot be read now, so commands and what was asked for are left out: ${error.message}`
    return { session: without, warnings: [{ code: error.code, message }] }
  }
}

function boundsOf({ database }: Session, { id, started, finished }: RunRow, atLeast: number): RunBounds {
  if (finished !== null) return { started, ended: finished }
  const { last } = database.prepare('SELECT max(at) AS last FROM log WHERE run = ?').get(id) as { last: number | null }
  return { started, ended: Math.max(started, last ?? started, atLeast) }
}

function slotsOf({ request }: RunRow, { slot }: Attempts): number {
  const seen = slot.reduce((most, one) => Math.max(most, one + 1), 0)
  return Math.max(seen, typeof request.slots === 'number' ? request.slots : 0)
}

function detailOf({ graph, state }: RunRecord, t: number): string {
  const { first, count } = graph.tasks[t] as RunRecord['graph']['tasks'][number]
  const tally = tallyOf(state.subarray(first, first + count))
  const notable = (['failed', 'blocked'] as const).flatMap((name) =>
    tally[name] === undefined ? [] : [`${formatCount(tally[name])} ${name}`],
  )
  return [count === 1 ? '1 quantum' : `${formatCount(count)} quanta`, ...notable].join(', ')
}

/** What the results that were reused took when they were made. */
function savedSeconds(session: Session, { run, state }: RunRecord): number {
  let seconds = 0
  const count = (execution: number): void => {
    if (execution > 0) seconds += session.history.wallSeconds(execution)
  }
  if (!state.includes(STATE.reused)) return 0
  reusedExecutions(session.database, run.id)?.forEach(count)
  for (const { events } of readLog(session.database, run.id))
    for (const event of events) if (event.event === 'QuantumReused') count(Number(event.from))
  return seconds
}
