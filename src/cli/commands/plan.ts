/** `heddle plan`: every unit of work before it runs. */

import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Plan } from '../../model/plan.ts'
import { addExamples, type Context } from '../context.ts'
import { SUBJECTS, type Subject } from '../drawing/drawing.ts'
import { fileOrDatasets } from '../file-or-datasets.ts'
import { formatCount } from '../format-count.ts'
import { printLines } from '../lines.ts'
import { type PlanRequestRecord, planSession, reasonsIn, requestRecord } from '../plan/plan-session.ts'
import { addPlanningOptions, type PlanningOptions } from '../planning-options.ts'
import { openPipelineSession, type Session, tellFileWarnings } from '../session.ts'
import { defaultSlots } from '../slots.ts'

interface PlanOptions extends PlanningOptions {
  readonly verbose?: boolean
  readonly graph?: Notation
  readonly of: Subject
  readonly save?: string
  readonly summary?: boolean
}

const NOTATIONS = ['dot', 'mermaid', 'svg'] as const
type Notation = (typeof NOTATIONS)[number]

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[file|dataset...]', 'a pipeline file, or datasets: then only what makes them')
  addPlanningOptions(command)
    .option('-v, --verbose', 'a line for each quantum')
    .option('--summary', 'with --json: leave out the quanta')
    .option('--assume-inputs', 'plan as if every overall input were there')
    .option('--graph <notation>', `print the graph: ${NOTATIONS.join(', ')}`, oneOf('--graph', NOTATIONS))
    .option('--of <what>', `what the graph shows: ${SUBJECTS.join(', ')}`, oneOf('--of', SUBJECTS), 'tasks')
    .option('--save <file>', 'keep the plan for `heddle run --plan FILE`')
  addExamples(command, [
    ['heddle plan', 'what would run, and why'],
    [`heddle plan --where "year > 2013" --verbose`, 'a part of it, a line each'],
    ['heddle plan --graph svg --of datasets > plan.svg', 'a picture'],
  ])
}

function oneOf<T extends string>(flag: string, known: readonly T[]): (text: string) => T {
  return (text) => {
    const found = known.find((word) => word === text)
    if (found !== undefined) return found
    throw new HeddleError('usage', `${flag} takes one of ${known.join(', ')}, not ${JSON.stringify(text)}${didYouMean(text, known)}`)
  }
}

/** Shows the plan. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<PlanOptions>()
  const { file, wanted } = fileOrDatasets(command.args, options.file)
  const session = await openPipelineSession({ options: context.options, file, param: options.param })
  try {
    tellFileWarnings(session, context.terminal)
    const plan = planSession(session, options, wanted)
    await checkCapacity(session, plan, options.slots)
    if (options.save !== undefined) await save(plan, options.save, requestRecord(session, options, wanted))
    for (const { code, message } of plan.warnings) context.terminal.note(`warning ${code}: ${message}`)
    await show(context, session, plan, options)
    return EXIT.done
  } finally {
    session.close()
  }
}

async function checkCapacity({ place }: Session, plan: Plan, slots: number | undefined): Promise<void> {
  const [{ localSite }, { checkRequests }] = await Promise.all([import('../run/local-site.ts'), import('../../scheduler/capacity.ts')])
  checkRequests(plan, (await localSite(place.folder, slots)).capacity)
}

async function save(plan: Plan, file: string, request: PlanRequestRecord): Promise<void> {
  const { savePlan } = await import('../../plan/saved-plan.ts')
  writeFileSync(file, savePlan(plan, request))
}

async function show(context: Context, session: Session, plan: Plan, options: PlanOptions): Promise<void> {
  const { terminal } = context
  if (options.graph !== undefined) return showGraph(context, plan, options.graph, options.of)
  const reasonsOf = reasonsIn(session, plan)
  if (context.json) {
    const { planDocument } = await import('../plan/plan-json.ts')
    return printPieces(context, planDocument(plan, reasonsOf, options.summary === true))
  }
  const { expectedSeconds, planTable, planTotals, quantumLines } = await import('../plan/plan-table.ts')
  if (options.verbose === true) printLines(terminal, quantumLines(plan, reasonsOf, terminal))
  const slots = options.slots ?? defaultSlots()
  const expected = expectedSeconds(plan, session.history)
  if (options.verbose === true && plan.graph.quanta > 0) terminal.print()
  if (plan.graph.quanta > 0) printLines(terminal, planTable(plan, reasonsOf, expected, slots, terminal))
  terminal.print(terminal.style('bold', planTotals(plan, expected, slots)))
  if (isSmall(plan, options)) for (const line of plan.explanation) terminal.print(terminal.style('dim', `  ${line}`))
  if (options.save !== undefined) terminal.info(`saved: heddle run --plan ${options.save} runs exactly this`)
}

/** A plan that may be smaller than its reader thinks says what narrowed it. */
function isSmall({ graph }: Plan, { where, verbose }: PlanOptions): boolean {
  return where !== undefined || verbose === true || graph.quanta === 0 || graph.tasks.some(({ count }) => count === 0)
}

async function showGraph({ terminal }: Context, plan: Plan, notation: Notation, of: Subject): Promise<void> {
  const { drawPlan } = await import('../drawing/drawing.ts')
  const drawing = drawPlan(plan, of)
  if (notation === 'svg') {
    refuseLarge(drawing.nodes.length)
    terminal.write((await import('../drawing/svg.ts')).svgText(drawing))
  } else if (notation === 'dot') printLines(terminal, (await import('../drawing/dot.ts')).dotLines(drawing))
  else printLines(terminal, (await import('../drawing/mermaid.ts')).mermaidLines(drawing))
}

const MOST_DRAWN = 5000

function refuseLarge(nodes: number): void {
  if (nodes <= MOST_DRAWN) return
  throw new HeddleError('graph-too-large', `a picture of ${formatCount(nodes)} nodes cannot be read; at most ${formatCount(MOST_DRAWN)}`, {
    hint: 'cut the plan with --where, or draw --of tasks',
  })
}

function printPieces({ terminal }: Context, pieces: Iterable<string>): void {
  let gathered = ''
  for (const piece of pieces) {
    gathered += piece
    if (gathered.length < 65536) continue
    terminal.write(gathered)
    gathered = ''
  }
  terminal.write(`${gathered}\n`)
}
