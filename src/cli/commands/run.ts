/** `heddle run`: plans and runs. */
import { join } from 'node:path'
import type { Command } from 'commander'
import { recover } from '../../engine/recovery.ts'
import { HeddleError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import { lockProject } from '../../store/sqlite/project-lock.ts'
import { addExamples, type Context } from '../context.ts'
import { fileOrDatasets } from '../file-or-datasets.ts'
import { parameterLines } from '../parameter-help.ts'
import { optionsOfRequest, type PlanRequestRecord, planSession, requestRecord } from '../plan/plan-session.ts'
import { addPlanningOptions, type PlanningOptions } from '../planning-options.ts'
import { findProject, PIPELINE_FILE } from '../project.ts'
import { readBytes } from '../read-bytes.ts'
import { readProject } from '../read-project.ts'
import { execute, openStoreOfRuns } from '../run/execute.ts'
import { openPipelineSession, type Session, tellFileWarnings } from '../session.ts'
import { outlivingReader } from '../terminal.ts'

interface RunOptions extends PlanningOptions {
  readonly plan?: string
  readonly wait?: boolean
  readonly durable?: boolean
  readonly failFast?: boolean
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[file|dataset...]', 'a pipeline file, or datasets: then only what makes them')
  addPlanningOptions(command)
    .option('--fail-fast', 'start nothing more after the first failure')
    .option('--plan <file>', 'run exactly this saved plan; refuse if an input changed since')
    .option('--wait', 'wait while another run holds the project')
    .option('--durable', 'make every commit survive a power loss')
  addExamples(command, [
    ['heddle run', 'everything that is new or changed'],
    ['heddle run --param wet_mm=2 --slots 4', 'with another setting, four at a time'],
    [`heddle run climate@station=Seattle`, 'only what is missing for one dataset'],
  ])
}

/** The parameters of the project's pipeline. */
export async function help(context: Context, command: Command): Promise<string> {
  const { file } = fileOrDatasets(command.args, command.opts<RunOptions>().file)
  const { pipeline } = await readProject(findProject({ project: context.options.project, file }))
  return pipeline === undefined ? '' : parameterLines(pipeline.parameters).join('\n')
}

/** Plans, runs, and tells how it ended. */
export async function run(context: Context, command: Command): Promise<number> {
  const asked = command.opts<RunOptions>()
  const { file, wanted } = fileOrDatasets(command.args, asked.file)
  const saved = asked.plan === undefined ? undefined : await readSaved(asked.plan)
  const options = saved === undefined ? { ...asked, wanted } : { ...asked, ...optionsOfRequest(saved.request) }
  const session = await openPipelineSession({
    options: context.options,
    file: saved === undefined ? file : fileOf(saved, context),
    param: options.param,
    keeps: true,
    durable: asked.durable === true,
  })
  try {
    return await lockAndRun(context, session, options, saved)
  } finally {
    session.close()
  }
}

/** A saved plan names its pipeline file from the project folder. */
function fileOf({ request }: Saved, context: Context): string | undefined {
  if (request.file === PIPELINE_FILE) return undefined
  return join(findProject({ project: context.options.project }).folder, request.file)
}

async function lockAndRun(
  context: Context,
  session: Session,
  options: RunOptions & { readonly wanted: readonly string[] },
  saved: Saved | undefined,
): Promise<number> {
  const lock = await lockProject(join(session.place.store, 'lock'), {
    wait: options.wait === true,
    onWait: (message) => context.terminal.info(`${message}; waiting for it`),
  })
  try {
    const { folder, store: heddleFolder } = session.place
    const store = openStoreOfRuns(session)
    const removeDamaged = (since: number): readonly string[] => session.objects.removeDamaged(since)
    for (const left of await recover({ store, projectFolder: folder, heddleFolder, clock: Date.now, removeDamaged })) {
      context.terminal.info(`run ${left.run} was interrupted; what it completed counts as reused`)
    }
    tellFileWarnings(session, context.terminal)
    const plannedAt = Date.now()
    const plan = planSession(session, options, options.wanted)
    if (saved !== undefined) saved.requireCurrent(plan)
    for (const { code, message } of plan.warnings) context.terminal.note(`warning ${code}: ${message}`)
    if (plan.graph.quanta === 0) for (const line of plan.explanation) context.terminal.note(line)
    return await execute({
      context: { ...context, terminal: outlivingReader(context.terminal) },
      session,
      store,
      plan,
      request: requestRecord(session, options, options.wanted),
      plannedAt,
      slots: options.slots,
      failFast: options.failFast === true,
      named: lock.name,
    })
  } finally {
    lock.release()
  }
}

interface Saved {
  readonly request: PlanRequestRecord
  readonly requireCurrent: (plan: Plan) => void
}

async function readSaved(file: string): Promise<Saved> {
  const { loadPlan, requireCurrent } = await import('../../plan/saved-plan.ts')
  let bytes: Uint8Array
  try {
    bytes = readBytes(file)
  } catch (cause) {
    throw new HeddleError('file-unreadable', `the plan ${file} cannot be read: ${(cause as Error).message}`, {
      cause,
      hint: `\`heddle plan --save ${file}\` makes it`,
    })
  }
  const saved = loadPlan(bytes, file)
  return { request: saved.request as PlanRequestRecord, requireCurrent: (plan) => requireCurrent(saved, plan, file) }
}
