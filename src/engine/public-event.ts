/** Events as the outside sees them: ids instead of numbers, times as text (contract.md, *Events*). */
import type { Event } from '../model/events.ts'
import { ACTION } from '../model/graph.ts'
import type { Execution } from '../model/history.ts'
import type { Plan } from '../model/plan.ts'
import type { Json } from '../model/value.ts'
import type { Names } from './names.ts'

/** One line of `heddle run --json`. */
export type PublicEvent = Readonly<Record<string, Json>> & { readonly at: string; readonly event: string }

/** What an event about a quantum says when it is about no attempt at it. */
const NO_ATTEMPT = 0

/** Name of the run of an execution. */
export type RunOf = (execution: Execution) => string

/** The public form of an event. `at` is milliseconds since 1970. */
export function publicEvent(event: Event, names: Names, at: number, runOf: RunOf): PublicEvent {
  const shown: Record<string, Json> = { at: new Date(at).toISOString(), event: event.event }
  for (const [key, value] of Object.entries(event)) {
    if (key === 'q')
      Object.assign(shown, { quantum: names.quantum(value as number), attempt: 'attempt' in event ? event.attempt : NO_ATTEMPT })
    else if (key === 'd') shown['dataset'] = names.dataset(value as number)
    else if (key === 'by') shown['by'] = (value as number) < 0 ? null : names.quantum(value as number)
    else if (event.event === 'QuantumReused' && key === 'from') shown['from'] = runOf(Number(value))
    else shown[key] = value as Json
  }
  return shown as PublicEvent
}

const ACTIONS: Readonly<Record<number, string>> = { [ACTION.run]: 'run', [ACTION.reuse]: 'reuse', [ACTION.blocked]: 'blocked' }

/** What a plan says of each quantum, as events that are shown and never stored. */
export function* plannedEvents(plan: Plan, names: Names, at: number, runOf: RunOf): Iterable<PublicEvent> {
  const time = new Date(at).toISOString()
  for (let q = 0; q < plan.graph.quanta; q++) {
    const quantum = names.quantum(q)
    yield { at: time, event: 'QuantumPlanned', quantum, attempt: NO_ATTEMPT, action: ACTIONS[plan.action[q] as number] as string }
    const execution = plan.execution[q] as number
    if (plan.action[q] === ACTION.reuse && execution !== 0)
      yield { at: time, event: 'QuantumReused', quantum, attempt: NO_ATTEMPT, from: runOf(execution) }
  }
}
