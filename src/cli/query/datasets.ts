/** `heddle query datasets`: every dataset that exists now, or that a run made. */
import { HeddleError } from '../../model/errors.ts'
import { dataIdAt } from '../../model/graph.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Plan } from '../../model/plan.ts'
import { outputSlots } from '../../plan/decide/identity.ts'
import { idOfDataset } from '../../plan/graph/naming.ts'
import { runById } from '../../store/sqlite/runs.ts'
import { datasetPaths } from '../dataset-paths.ts'
import { type DatasetSizes, datasetSizes, hexAt } from '../dataset-sizes.ts'
import { newestExecution } from '../newest-execution.ts'
import { overallInputs } from '../overall-inputs.ts'
import { typesOf } from '../plan/plan-json.ts'
import { planSession } from '../plan/plan-session.ts'
import type { PlanningOptions } from '../planning-options.ts'
import { digestOf, type RunRecord } from '../run-record.ts'
import type { Session } from '../session.ts'
import { dataIdJson } from '../value-json.ts'
import type { Row } from './rows.ts'

/** The newest content of each dataset of the pipeline. */
export function* datasetRows(session: Session, types: readonly string[], options: PlanningOptions): Iterable<Row> {
  refuseUnknown(session, types)
  const plan = planSession(session, options)
  const slots = outputSlots(plan.graph)
  const names = new Map<number, string | null>()
  const runName = (id: number): string | null => {
    if (!names.has(id)) names.set(id, runById(session.database, id)?.name ?? null)
    return names.get(id) ?? null
  }
  const pathOf = datasetPaths(session)
  const sizes = datasetSizes(session, plan)
  const inputs = overallInputs(session)
  for (const block of plan.graph.types) {
    if (types.length > 0 && !types.includes(block.type)) continue
    for (let d = block.first; d < block.first + block.count; d++) {
      const content = contentNow(session, plan, slots, sizes, d)
      if (content === undefined) continue
      const dataId = dataIdAt(plan.graph, block, d - block.first)
      yield {
        id: idOfDataset(plan.graph, d),
        type: block.type,
        dataId: dataIdJson(dataId, typesOf(plan)),
        digest: content.digest,
        size: content.size,
        run: content.run === undefined ? null : runName(content.run),
        path: pathOf(block.type, dataId) ?? inputs(block.type, dataId)?.path ?? null,
        sites: ['local'],
      }
    }
  }
}

function refuseUnknown({ pipeline }: Session, types: readonly string[]): void {
  const known = pipeline.datasets.map(({ name }) => name)
  for (const type of types) {
    if (!known.includes(type)) {
      throw new HeddleError('unknown-dataset', `there is no dataset type ${JSON.stringify(type)}${didYouMean(type, known)}`)
    }
  }
}

interface Content {
  readonly digest: string
  readonly size: number | null
  readonly run: number | undefined
}

/** What a dataset holds now: of an overall input its file, of others what the newest execution left. */
function contentNow(session: Session, plan: Plan, slots: Uint32Array, sizes: DatasetSizes, d: number): Content | undefined {
  const q = plan.graph.producer[d] as number
  if (q < 0) {
    if (plan.exists[d] !== 1) return undefined
    return { digest: hexAt(plan.digests, d * 32), size: sizes.of(d) ?? null, run: undefined }
  }
  const { history } = session
  const execution = newestExecution(session, plan, q)
  if (execution === 0) return undefined
  const j = slots[d] as number
  const digest = new Uint8Array(32)
  if (j >= history.outputs(execution) || !history.copyDigest(execution, j, digest, 0)) return undefined
  return { digest: hexAt(digest, 0), size: history.size(execution, j), run: history.run(execution) }
}

/** The datasets that exist in a run. */
export function* runDatasetRows(session: Session, record: RunRecord, types: readonly string[]): Iterable<Row> {
  const { graph } = record
  const pathOf = datasetPaths(session)
  const sizes = datasetSizes(session, record)
  const inputs = overallInputs(session)
  for (const block of graph.types) {
    if (types.length > 0 && !types.includes(block.type)) continue
    for (let d = block.first; d < block.first + block.count; d++) {
      const digest = digestOf(record, d)
      if (digest === null) continue
      const dataId = dataIdAt(graph, block, d - block.first)
      const size = record.sizes[d] as number
      yield {
        id: idOfDataset(graph, d),
        type: block.type,
        dataId: dataIdJson(dataId, typesOf(record)),
        digest,
        size: Number.isNaN(size) ? (sizes.of(d) ?? null) : size,
        run: (graph.producer[d] as number) < 0 ? null : record.run.name,
        path: pathOf(block.type, dataId) ?? inputs(block.type, dataId)?.path ?? null,
        sites: ['local'],
      }
    }
  }
}
