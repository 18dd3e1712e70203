/** Keeps the graph of a run under `.heddle/graphs`, by its digest. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../model/canonical.ts'
import { ACTION } from '../../model/graph.ts'
import type { Plan } from '../../model/plan.ts'
import type { Json } from '../../model/value.ts'
import { encodeGraph } from '../../plan/graph/graph-file.ts'

/** Working out so many planned fingerprints takes no time that anybody notices. */
const SMALL = 5000

/** Writes the graph file, if it is not there yet, and gives its digest. Planned fingerprints are left out of large ones of which nothing will run. */
export function saveGraph(store: string, plan: Plan, request: Json): string {
  const bytes = encodeGraph(plan.graph, { request }, plan.graph.quanta <= SMALL || plan.action.includes(ACTION.run))
  const digest = sha256(bytes)
  const folder = join(store, 'graphs')
  const file = join(folder, digest)
  if (existsSync(file)) return digest
  mkdirSync(folder, { recursive: true })
  const half = join(folder, `.${digest}-${process.pid}`)
  writeFileSync(half, bytes)
  renameSync(half, file)
  return digest
}
