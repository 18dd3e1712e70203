/** Why a plan is as small as it is: each step of the join with counts before and after, and what was pruned. */
import type { QuantumGraph } from '../../model/graph.ts'
import type { JoinStep } from '../join/natural-join.ts'
import type { Draft } from './draft.ts'
import type { Pruned } from './prune.ts'

/** Lines for people; empty when nothing narrowed the plan. */
export function explainJoin(draft: Draft, pruned: readonly Pruned[], graph: Pick<QuantumGraph, 'quanta'>): string[] {
  const lines: string[] = []
  const culprit = draft.steps.find(({ before, after }) => after === 0 && before > 0) ?? draft.steps.find(({ after }) => after === 0)
  for (const step of draft.steps) {
    const mark = step === culprit && graph.quanta === 0 ? '  ← this left nothing' : ''
    const why = graph.quanta === 0 ? cause(step, draft, step === culprit) : ''
    if (step.before !== step.after || mark !== '' || step.after === 0)
      lines.push(`${step.what}: ${step.before.toLocaleString('en')} → ${step.after.toLocaleString('en')} rows${mark}${why}`)
  }
  for (const { task, connection, minimum, count, of } of pruned) {
    lines.push(
      `${task}: ${count.toLocaleString('en')} of ${of.toLocaleString('en')} quanta pruned: ${connection} has fewer than ${minimum}`,
    )
  }
  return lines
}

/** Where it was looked when there was nothing to begin with. */
function cause({ what, before }: JoinStep, { types }: Draft, first: boolean): string {
  if (before > 0) return ''
  const [kind, name] = what.split(' ')
  if (kind === 'dimension') return first ? ': it has neither records nor files of an input that tell its values' : ''
  const path = kind === 'existing' ? types.find(({ type }) => type.name === name)?.type.path : undefined
  return path === undefined ? '' : `: looked for ${path}`
}
