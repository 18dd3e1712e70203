/** `heddle query quanta`: what came of each quantum of a run. */
import { dataIdAt } from '../../model/graph.ts'
import { QUANTUM_STATES } from '../../model/states.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import { typesOf } from '../plan/plan-json.ts'
import type { RunRecord } from '../run-record.ts'
import { dataIdJson } from '../value-json.ts'
import type { Row } from './rows.ts'

/** One row a quantum; `wanted` narrows by id. */
export function* quantumRows(record: RunRecord, wanted: (id: string, task: string) => boolean): Iterable<Row> {
  const { graph } = record
  const types = typesOf(record)
  for (const block of graph.tasks) {
    for (let i = 0; i < block.count; i++) {
      const q = block.first + i
      const id = idOfQuantum(graph, q)
      if (!wanted(id, block.task)) continue
      const seconds = record.seconds[q] as number
      const attempts = record.attempts[q] as number
      yield {
        id,
        task: block.task,
        dataId: dataIdJson(dataIdAt(graph, block, i), types),
        state: QUANTUM_STATES[record.state[q] as number] as string,
        attempts,
        fingerprint:
          graph.planned.length === 0 ? null : Buffer.from(graph.planned.buffer, graph.planned.byteOffset + q * 32, 32).toString('hex'),
        run: record.run.name,
        site: attempts === 0 ? null : 'local',
        seconds: Number.isNaN(seconds) ? null : seconds,
        exitCode: exitCodeOf(record, q),
      }
    }
  }
}

function exitCodeOf({ failures, state }: RunRecord, q: number): number | null {
  const failure = failures.get(q)
  if (failure !== undefined) return failure.exitCode
  return QUANTUM_STATES[state[q] as number] === 'completed' ? 0 : null
}
