/** `heddle plan --save FILE`, `heddle run --plan FILE`: a plan on its way to its run, and the check that it still holds. */
import { HeddleError } from '../model/errors.ts'
import { ACTION, type QuantumGraph } from '../model/graph.ts'
import type { Plan, TaskIdentity } from '../model/plan.ts'
import type { Json } from '../model/value.ts'
import { decodeGraph, encodeGraph } from './graph/graph-file.ts'
import { idOfDataset, idOfQuantum } from './graph/naming.ts'

/** A plan read back. */
export interface SavedPlan {
  readonly graph: QuantumGraph
  /** The request it answers, as the command line gave it. */
  readonly request: Json
  readonly identities: readonly TaskIdentity[]
  /** {@link ACTION} of each quantum. */
  readonly action: Uint8Array
}

/** Bytes of the file; `request` says how to plan the same again. */
export function savePlan(plan: Plan, request: Json): Uint8Array {
  const identities = plan.identities.map((identity): Json => ({ ...identity }))
  return encodeGraph(plan.graph, { request, identities, action: Buffer.from(plan.action).toString('base64') }, true)
}

/** Reads the file. Throws `graph-damaged` and `graph-newer`. */
export function loadPlan(file: Uint8Array, name: string): SavedPlan {
  const { graph, about } = decodeGraph(file, name)
  const { request, identities, action } = about as { request?: Json; identities?: Json; action?: Json }
  if (request === undefined || !Array.isArray(identities) || typeof action !== 'string') {
    throw new HeddleError('graph-damaged', `${name} holds a graph but no plan`, { hint: 'make one with `heddle plan --save FILE`' })
  }
  return { graph, request, identities: identities as unknown as TaskIdentity[], action: Buffer.from(action, 'base64') }
}

/** Throws `plan-out-of-date` unless planning anew gave the same graph of the same code, configuration and inputs, and nothing more to run. */
export function requireCurrent(saved: SavedPlan, plan: Plan, name: string): void {
  const change =
    changedTask(saved, plan) ?? changedInput(saved.graph, plan.graph) ?? changedShape(saved.graph, plan.graph) ?? moreToRun(saved, plan)
  if (change === undefined) return
  throw new HeddleError('plan-out-of-date', `${name} no longer holds: ${change}`, {
    hint: 'plan again with `heddle plan --save FILE`, look at it, and run that',
  })
}

function changedTask(saved: SavedPlan, plan: Plan): string | undefined {
  for (const was of saved.identities) {
    const is = plan.identities.find(({ task }) => task === was.task)
    if (is === undefined) return `task ${was.task} is gone`
    if (is.code !== was.code) return `the code of ${was.task} changed`
    if (JSON.stringify(is.config) !== JSON.stringify(was.config)) return `the configuration of ${was.task} changed`
    if (JSON.stringify(is.environment) !== JSON.stringify(was.environment)) return `the environment of ${was.task} changed`
  }
  const added = plan.identities.find(({ task }) => saved.identities.every((was) => was.task !== task))
  return added === undefined ? undefined : `task ${added.task} is new`
}

function changedInput(was: QuantumGraph, is: QuantumGraph): string | undefined {
  const digestsOf = (graph: QuantumGraph): Map<string, string> => {
    const digests = new Map<string, string>()
    const bytes = Buffer.from(graph.inputDigests.buffer, graph.inputDigests.byteOffset, graph.inputDigests.byteLength)
    for (let d = 0; d < graph.datasets; d++) {
      if ((graph.producer[d] as number) < 0) digests.set(idOfDataset(graph, d), bytes.toString('hex', d * 32, d * 32 + 32))
    }
    return digests
  }
  const now = digestsOf(is)
  for (const [id, digest] of digestsOf(was)) {
    const current = now.get(id)
    if (current === undefined) return `input ${id} is gone`
    if (current !== digest) return `input ${id} changed`
    now.delete(id)
  }
  const added = now.keys().next().value
  return added === undefined ? undefined : `input ${added} is new`
}

function moreToRun(saved: SavedPlan, plan: Plan): string | undefined {
  const q = plan.action.findIndex((action, i) => action === ACTION.run && saved.action[i] !== ACTION.run)
  return q < 0 ? undefined : `${idOfQuantum(plan.graph, q)} would run now, and the plan does not run it`
}

function changedShape(was: QuantumGraph, is: QuantumGraph): string | undefined {
  if (was.quanta === is.quanta && Buffer.compare(was.planned, is.planned) === 0) return undefined
  return `it has ${was.quanta} quanta, and planning now gives ${is.quanta === was.quanta ? 'other ones' : is.quanta}`
}
