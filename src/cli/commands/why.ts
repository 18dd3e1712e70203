/** `heddle why`: what the next run would do with one quantum, and the reasons. */
import type { Command } from 'commander'
import { EXIT } from '../../model/errors.ts'
import { ACTION } from '../../model/graph.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import { runById } from '../../store/sqlite/runs.ts'
import { addExamples, type Context } from '../context.ts'
import { quantumNamed } from '../named.ts'
import { ACTIONS } from '../plan/plan-json.ts'
import { planSession, reasonsIn } from '../plan/plan-session.ts'
import { addPlanningOptions, type PlanningOptions } from '../planning-options.ts'
import { reasonText } from '../reason-text.ts'
import { openPipelineSession } from '../session.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('<id>', 'a quantum, or a dataset: then the quantum that makes it')
  addPlanningOptions(command)
  addExamples(command, [
    ['heddle why year_summary@station=Seattle,year=2012', 'why it would run'],
    ['heddle why plot --param wet_mm=2', 'with another setting'],
  ])
}

/** Prints the reasons. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<PlanningOptions>()
  const session = await openPipelineSession({ options: context.options, file: options.file, param: options.param })
  try {
    const plan = planSession(session, options)
    const q = quantumNamed(plan.graph, command.args[0] as string)
    const id = idOfQuantum(plan.graph, q)
    const reasons = reasonsIn(session, plan)(q)
    const action = ACTIONS[plan.action[q] as number] as string
    const { terminal } = context
    if (context.json) {
      terminal.print(JSON.stringify({ id, action, reasons }))
      return EXIT.done
    }
    const execution = plan.execution[q] as number
    const maker = execution === 0 ? undefined : runById(session.database, session.history.run(execution))?.name
    if (plan.action[q] === ACTION.reuse) {
      terminal.print(
        `${terminal.style('bold', id)} would be reused${maker === undefined ? ': too few inputs, it is not needed' : `: made by run ${maker}`}`,
      )
    } else if (plan.action[q] === ACTION.blocked) {
      const by = plan.blockedBy[q] as number
      terminal.print(
        `${terminal.style('bold', id)} is blocked${by < 0 ? ': an overall input is missing' : ` by ${idOfQuantum(plan.graph, by)}`}`,
      )
    } else {
      terminal.print(`${terminal.style('bold', id)} would run:`)
      for (const reason of reasons) terminal.print(`  ${reasonText(reason)}`)
      if (maker !== undefined) terminal.print(terminal.style('dim', `  compared with run ${maker}`))
    }
    return EXIT.done
  } finally {
    session.close()
  }
}
