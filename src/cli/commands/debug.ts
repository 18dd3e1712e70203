/** `heddle debug`: a shell beside one quantum's inputs, or its body once more. */
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import { recordOfAttempt } from '../attempt-record.ts'
import { addExamples, type Context } from '../context.ts'
import { contentInRun, contentNow, contentPlanned, type DatasetContent } from '../dataset-content.ts'
import { runBody, runProgram } from '../debug/run-again.ts'
import { openWorkbench, type WorkbenchRequest } from '../debug/workbench.ts'
import { quantumNamed } from '../named.ts'
import type { PlanRequestRecord } from '../plan/plan-session.ts'
import { planSession } from '../plan/plan-session.ts'
import { collectParameters, type PlanningOptions } from '../planning-options.ts'
import { openPipelineSession, openSession, type Session } from '../session.ts'

interface DebugOptions extends Pick<PlanningOptions, 'file' | 'param'> {
  readonly run?: string
  readonly keep?: boolean
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('<id>', 'a quantum')
    .argument('[command...]', 'behind --: run this instead of a shell; nothing behind -- runs the body again')
    .option('--run <run>', 'with the inputs of this run (default: the newest one in which it ran)')
    .option('--keep', 'leave the folder there afterwards')
    .option('--param <name=value>', 'set a parameter (default: as in that run)', collectParameters)
    .option('-f, --file <file>', 'the pipeline file (default: heddle.yaml)')
  addExamples(command, [
    ['heddle debug clean@station=Seattle,year=2012', 'a shell with its inputs; ./heddle-run runs it'],
    ['heddle debug clean@station=Seattle,year=2012 --', 'run it again'],
    ['heddle debug clean@station=Seattle,year=2012 -- ls -l heddle-inputs', 'run something beside it'],
  ])
}

/** Opens the shell or runs the command. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<DebugOptions>()
  const [id = '', ...argv] = command.args
  const session = await openAsThen(context, options, id)
  try {
    const request = findQuantum(session, options, id)
    const bench = openWorkbench(request)
    const { terminal } = context
    const quantum = idOfQuantum(request.graph, request.q)
    let kept = options.keep === true
    try {
      if (context.json && argv.length === 0) {
        kept = true
        terminal.print(
          JSON.stringify({
            id: quantum,
            folder: bench.folder,
            environment: bench.environment,
            inputs: bench.job.inputs,
            outputs: bench.job.outputs,
          }),
        )
        return EXIT.done
      }
      const isAgain = argv.length === 0 && rawWords(command).includes('--')
      if (!isAgain && argv.length === 0) {
        terminal.info(`${quantum}: inputs in heddle-inputs/, ./heddle-run runs the body into heddle-outputs/; leave with exit`)
        runProgram(bench, [process.env.SHELL || 'sh'])
        return EXIT.done
      }
      const { ok, message } = isAgain ? await runBody(bench, terminal) : runProgram(bench, argv)
      terminal.info(`${quantum}: ${message}`)
      return ok ? EXIT.done : EXIT.failed
    } finally {
      if (kept) terminal.info(`the folder is ${bench.folder}`)
      else bench.remove()
    }
  } finally {
    session.close()
  }
}

function rawWords(command: Command): readonly string[] {
  return (command as Command & { readonly rawArgs?: readonly string[] }).rawArgs ?? []
}

/** The project with the parameters that the quantum last ran with. */
async function openAsThen(context: Context, options: DebugOptions, id: string): Promise<Session> {
  const past = openSession({ options: context.options, file: options.file })
  let param = options.param
  try {
    const request = recordOfAttempt(past, id, options.run).record.run.request as unknown as Partial<PlanRequestRecord>
    param = { ...request.params, ...options.param }
  } catch (error) {
    // It never ran: then its inputs are those that the plan knows.
    if (!(error instanceof HeddleError)) throw error
  } finally {
    past.close()
  }
  return openPipelineSession({ options: context.options, file: options.file, param, keeps: true })
}

function findQuantum(session: Session, options: DebugOptions, id: string): WorkbenchRequest {
  try {
    const { record, q } = recordOfAttempt(session, id, options.run)
    const contentOf = (d: number): DatasetContent | undefined => (record.exists[d] === 1 ? contentInRun(session, record, d) : undefined)
    return { session, graph: record.graph, q, run: record.run.name, attempt: Math.max(1, record.attempts[q] as number), contentOf }
  } catch (error) {
    if (!(error instanceof HeddleError) || options.run !== undefined || error.code === 'dataset-missing') throw error
  }
  const plan = planSession(session, {})
  const q = quantumNamed(plan.graph, id)
  return {
    session,
    graph: plan.graph,
    q,
    run: 'debug',
    attempt: 1,
    contentOf: (d) =>
      plan.exists[d] === 2 ? undefined : plan.exists[d] === 1 ? contentPlanned(session, plan, d) : contentNow(session, plan, d),
  }
}
