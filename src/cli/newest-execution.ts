/** Which execution a dataset's content comes from when no run is named. */
import { ACTION } from '../model/graph.ts'
import type { Execution } from '../model/history.ts'
import type { Plan } from '../model/plan.ts'
import { quantumKey } from '../plan/decide/identity.ts'
import type { Session } from './session.ts'

/**
 * The newest execution of a quantum that did not fail, whatever settings it ran with: that is what its outputs hold now.
 * One known under another task name, or reused from another quantum's history, is the one that the plan would reuse. 0 is none.
 */
export function newestExecution({ history }: Session, plan: Plan, q: number): Execution {
  const newest = history.latestOutcome(quantumKey(plan.graph, q), 0)
  if (newest !== 0) return newest
  return plan.action[q] === ACTION.reuse ? (plan.execution[q] as number) : 0
}
