/** `heddle accept`: present outputs stand for what a quantum is now. */
import { ACTION, blockOf } from '../../model/graph.ts'
import { type ExecutionRecord, type History, IDENTITY, type RecordedOutput } from '../../model/history.ts'
import type { Plan } from '../../model/plan.ts'
import { outputSlots, quantumKey } from './identity.ts'

/** Records that make the last outputs of the quanta that `chosen` picks stand, and how many had none to stand. */
export interface Accepted {
  readonly records: readonly ExecutionRecord[]
  readonly without: readonly number[]
}

/** Walks the graph in order, so that what stands upstream gives what follows its inputs. */
export function acceptOutputs(plan: Plan, history: History, chosen: (q: number) => boolean): Accepted {
  const { graph } = plan
  const digests = plan.digests.slice()
  const exists = plan.exists.slice()
  const slots = outputSlots(graph)
  const records: ExecutionRecord[] = []
  const without: number[] = []
  for (const q of graph.order) {
    if (plan.action[q] !== ACTION.run || !chosen(q)) continue
    const last = history.latestOutcome(quantumKey(graph, q), 0)
    if (last === 0 || !history.available(last)) {
      without.push(q)
      continue
    }
    const identity = new Uint8Array(IDENTITY.bytes)
    plan.identity.write(q, digests, exists, identity, 0)
    const outputs: RecordedOutput[] = []
    const block = blockOf(graph.tasks, q)
    const i = q - block.first
    for (const edges of block.edges) {
      if (edges.role !== 'output') continue
      for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
        const d = edges.targets[k] as number
        const slot = slots[d] as number
        const there = slot < history.outputs(last) && history.copyDigest(last, slot, digests, d * 32)
        exists[d] = there ? 1 : 2
        outputs.push(
          there
            ? { digest: digests.slice(d * 32, d * 32 + 32), size: history.size(last, slot), inline: history.inline(last, slot) }
            : { digest: undefined, size: 0, inline: undefined },
        )
      }
    }
    records.push({ q, kind: 'accepted', identity, wallSeconds: history.wallSeconds(last), outputs })
  }
  return { records, without }
}
