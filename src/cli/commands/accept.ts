/** `heddle accept`: present outputs stand for what their quanta are now. */
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import { acceptOutputs } from '../../plan/decide/accept.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import { lockProject } from '../../store/sqlite/project-lock.ts'
import { addExamples, type Context } from '../context.ts'
import { formatCount } from '../format-count.ts'
import { taskOf } from '../live/progress.ts'
import { quantumNamed } from '../named.ts'
import { planSession, requestRecord } from '../plan/plan-session.ts'
import { addPlanningOptions, type PlanningOptions } from '../planning-options.ts'
import { openStoreOfRuns } from '../run/execute.ts'
import { saveGraph } from '../run/save-graph.ts'
import { userName } from '../run/user-name.ts'
import { openPipelineSession, type Session } from '../session.ts'
import { VERSION } from '../version.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[task|id...]', 'tasks or quanta (default: everything that would run and has outputs)')
  addPlanningOptions(command)
  addExamples(command, [
    ['heddle accept', 'after a change that cannot change any result'],
    ['heddle accept year_summary', 'only of this task'],
  ])
}

/** Records that the outputs stand. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<PlanningOptions>()
  const session = await openPipelineSession({ options: context.options, file: options.file, param: options.param, keeps: true })
  try {
    const lock = await lockProject(join(session.place.store, 'lock'), { wait: false })
    try {
      return accept(context, session, options, command.args)
    } finally {
      lock.release()
    }
  } finally {
    session.close()
  }
}

function accept(context: Context, session: Session, options: PlanningOptions, names: readonly string[]): number {
  const plan = planSession(session, options)
  const { records, without } = acceptOutputs(plan, session.history, chosenBy(plan, names))
  const { terminal } = context
  if (records.length > 0) keep(session, plan, options, records)
  const accepted = records.map(({ q }) => idOfQuantum(plan.graph, q))
  const missing = without.map((q) => idOfQuantum(plan.graph, q))
  if (context.json) terminal.print(JSON.stringify({ accepted, without: missing }))
  else {
    terminal.print(`the outputs of ${formatCount(accepted.length)} ${accepted.length === 1 ? 'quantum' : 'quanta'} stand`)
    if (missing.length > 0)
      terminal.print(
        `${formatCount(missing.length)} have none that could stand: ${missing.slice(0, 3).join(' ')}${missing.length > 3 ? ' …' : ''}`,
      )
  }
  return EXIT.done
}

/** Accepting is kept as a run that did nothing else, so that it has its place in the log. */
function keep(session: Session, plan: Plan, options: PlanningOptions, records: ReturnType<typeof acceptOutputs>['records']): void {
  const store = openStoreOfRuns(session)
  const request = requestRecord(session, options, [])
  const graph = saveGraph(session.place.store, plan, request)
  const who = { user: userName(), host: hostname(), version: VERSION }
  const at = Date.now()
  const run = store.beginRun(
    {
      pipeline: plan.pipeline.name,
      graph,
      request: { ...request, ...who, command: 'accept', parameters: plan.pipeline.values },
      tasks: plan.identities,
      reused: new Float64Array(plan.graph.quanta),
    },
    at,
    (name) => ({
      event: 'RunStarted',
      run: name,
      pipeline: plan.pipeline.name,
      quanta: plan.graph.quanta,
      graph,
      parameters: plan.pipeline.values,
      where: options.where ?? null,
      ...who,
    }),
  )
  const counts = { completed: 0, reused: records.length, noWork: 0, pruned: 0, failed: 0, blocked: 0, cancelled: 0, attempts: 0 }
  store.commit(
    run,
    { events: [{ event: 'RunFinished', run: run.name, state: 'completed', counts, seconds: 0 }], executions: records, outputs: [] },
    at,
  )
}

function chosenBy(plan: Plan, names: readonly string[]): (q: number) => boolean {
  if (names.length === 0) return () => true
  const tasks = new Set<number>()
  const quanta = new Set<number>()
  for (const name of names) {
    const t = plan.graph.tasks.findIndex(({ task }) => task === name)
    if (t >= 0) tasks.add(t)
    else if (plan.graph.tasks.length === 0) throw new HeddleError('not-in-plan', `there is no ${name}: the plan is empty`)
    else quanta.add(quantumNamed(plan.graph, name))
  }
  return (q) => quanta.has(q) || tasks.has(taskOf(plan.graph, q))
}
