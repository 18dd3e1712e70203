/** Sizes of the datasets of a plan, as far as they are known. */
import { blockOf, dataIdAt } from '../model/graph.ts'
import type { Plan } from '../model/plan.ts'
import { outputSlots } from '../plan/decide/identity.ts'
import { overallInputs } from './overall-inputs.ts'
import type { Session } from './session.ts'

/** Looks sizes up, and learns of those that a run makes. */
export interface DatasetSizes {
  /** Bytes, or undefined where nothing is known. */
  readonly of: (d: number) => number | undefined
  readonly learn: (d: number, size: number) => void
}

/** Sizes in a plan, or in the record of a run. */
export function datasetSizes(session: Session, plan: Pick<Plan, 'graph' | 'digests' | 'execution'>): DatasetSizes {
  const learnt = new Map<number, number>()
  const inputs = overallInputs(session)
  let slots: Uint32Array | undefined
  const ofInput = (d: number): number | undefined => {
    const block = blockOf(plan.graph.types, d)
    return inputs(block.type, dataIdAt(plan.graph, block, d - block.first))?.size
  }
  const ofEarlier = (q: number, d: number): number | undefined => {
    const execution = plan.execution[q] as number
    slots ??= outputSlots(plan.graph)
    const slot = slots[d] as number
    return execution === 0 || slot >= session.history.outputs(execution) ? undefined : session.history.size(execution, slot)
  }
  return {
    of: (d) => {
      const q = plan.graph.producer[d] as number
      return learnt.get(d) ?? (q < 0 ? ofInput(d) : ofEarlier(q, d))
    },
    learn: (d, size) => learnt.set(d, size),
  }
}

/** The 32-byte digest at a place, in hex. */
export function hexAt(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, 32).toString('hex')
}
