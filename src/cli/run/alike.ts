/** Failures of one task that have one cause, so that each kind is shown once. */
import { blockOf, type QuantumGraph } from '../../model/graph.ts'
import type { FailedAttempt } from '../failure-of.ts'

/** Groups in the order of their first failure; never empty ones. */
export function failuresAlike(
  graph: QuantumGraph,
  failed: readonly FailedAttempt[],
): readonly (readonly [FailedAttempt, ...FailedAttempt[]])[] {
  const groups = new Map<string, [FailedAttempt, ...FailedAttempt[]]>()
  for (const attempt of failed) {
    const { q, cause, exitCode, signal, message } = attempt
    // Only what the body says is a kind of its own: other messages name files and amounts.
    const key = JSON.stringify([blockOf(graph.tasks, q).task, cause, exitCode, signal, cause === 'error' ? message : null])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [attempt])
    else group.push(attempt)
  }
  return [...groups.values()]
}
