/** Plans of pipelines written in tests, over real files in a folder that goes away. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { formatProblem } from '../../src/model/errors.ts'
import type { Plan } from '../../src/model/plan.ts'
import { configure } from '../../src/pipeline/configure.ts'
import { readPipeline } from '../../src/pipeline/read.ts'
import { idOfDataset, idOfQuantum } from '../../src/plan/graph/naming.ts'
import { makePlan, type PlanRequest } from '../../src/plan/plan.ts'
import { openCatalogue } from '../../src/repository/catalogue.ts'
import { openFileDigests } from '../../src/repository/digests/file-digests.ts'
import { openFileSource } from '../../src/repository/fs-source.ts'
import { openHistory } from '../../src/store/sqlite/history.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'

/** What a test plans: the pipeline file, and further files by path. */
export interface PlanCase extends Partial<Omit<PlanRequest, 'pipeline' | 'catalogue' | 'history' | 'codeOf'>> {
  readonly yaml: string
  readonly files?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, string>>
}

/** Plans once, with nothing done before. */
export function planOf({ yaml, files = {}, params = {}, ...request }: PlanCase): Plan {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-plan-'))
  try {
    for (const [path, text] of Object.entries({ 'heddle.yaml': yaml, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const { pipeline, problems } = readPipeline({ file: 'heddle.yaml', source: openFileSource(folder, openFileDigests(folder, undefined)) })
    const errors = problems.filter(({ severity }) => severity === 'error')
    if (pipeline === undefined || errors.length > 0) throw new Error(errors.map(formatProblem).join('\n'))
    const configured = configure(pipeline, { params })
    const history = openHistory(openDatabase(':memory:'), () => true)
    const codeOf = (): { code: string; codeParts: object; environment: object } => ({ code: 'c', codeParts: {}, environment: {} })
    return makePlan({
      pipeline: configured,
      catalogue: openCatalogue({ folder, pipeline: configured, database: undefined }),
      history,
      codeOf: codeOf as PlanRequest['codeOf'],
      ...request,
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Ids of all quanta, in order. */
export function quantaOf({ graph }: Plan): string[] {
  return Array.from({ length: graph.quanta }, (_, q) => idOfQuantum(graph, q))
}

/** Datasets that a quantum reads or makes through a connection. */
export function datasetsOf({ graph }: Plan, id: string, connection: string): string[] {
  for (const task of graph.tasks) {
    for (let i = 0; i < task.count; i++) {
      if (idOfQuantum(graph, task.first + i) !== id) continue
      const edges = task.edges.find((one) => one.connection === connection)
      return edges === undefined
        ? []
        : [...edges.targets.subarray(edges.offsets[i], edges.offsets[i + 1])].map((d) => idOfDataset(graph, d))
    }
  }
  throw new Error(`no quantum ${id}`)
}

/** Planned fingerprint of a quantum, hex. */
export function plannedOf(plan: Plan, id: string): string {
  const q = quantaOf(plan).indexOf(id)
  if (q < 0) throw new Error(`no quantum ${id}`)
  return Buffer.from(plan.graph.planned.subarray(q * 32, q * 32 + 32)).toString('hex')
}
