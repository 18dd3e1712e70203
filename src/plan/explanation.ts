/** Why a plan is as small as it is: each step of the join with counts before and after, and what was pruned. */
import type { QuantumGraph } from '../model/graph.ts'
import type { Draft } from './draft.ts'
import type { Pruned } from './prune.ts'

/** Lines for people; empty when nothing narrowed the plan. */
export function explainJoin(draft: Draft, pruned: readonly Pruned[], graph: Pick<QuantumGraph, 'quanta'>): string[] {
  const lines: string[] = []
  const culprit = draft.steps.find(({ before, after }) => after === 0 && before > 0) ?? draft.steps.find(({ after }) => after === 0)
  for (const step of draft.steps) {
    const mark = step === culprit && graph.quanta === 0 ? '  ← this left nothing' : ''
    if (step.before !== step.after || mark !== '' || step.after === 0)
      lines.push(`${step.what}: ${step.before.toLocaleString('en')} → ${step.after.toLocaleString('en')} rows${mark}`)
  }
  for (const { task, connection, minimum, count, of } of pruned) {
    lines.push(
      `${task}: ${count.toLocaleString('en')} of ${of.toLocaleString('en')} quanta pruned: ${connection} has fewer than ${minimum}`,
    )
  }
  return lines
}
