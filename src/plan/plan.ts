/** Planning: pipeline, records, existing data and history in; quantum graph and decisions out. Pure. */
import type { Catalogue } from '../model/catalogue.ts'
import { HeddleError } from '../model/errors.ts'
import type { QuantumGraph } from '../model/graph.ts'
import { COMPONENTS, type Component, type History } from '../model/history.ts'
import type { Pipeline, Task } from '../model/pipeline.ts'
import type { Plan, TaskIdentity } from '../model/plan.ts'
import type { Json } from '../model/value.ts'
import { decide } from './decide/decide.ts'
import { forcedQuanta } from './decide/force.ts'
import { identityMaker } from './decide/identity.ts'
import { outsideDatasets } from './decide/outside.ts'
import { buildDraft } from './graph/build.ts'
import type { BuildOptions } from './graph/build-context.ts'
import { cutGathers } from './graph/cut.ts'
import { type Draft, type DraftTask, type DraftType, EARLIER, NONE } from './graph/draft.ts'
import { explainJoin } from './graph/explanation.ts'
import { flatten, type Skeleton, subgraph } from './graph/flatten.ts'
import { withAncestors } from './graph/parts.ts'
import { requirePrerequisites } from './graph/prerequisites.ts'
import { keepAncestors, keptDatasets, pruneUnmet } from './graph/prune.ts'
import { topologicalOrder } from './graph/topology.ts'
import { type Condition, conditionOf, conditionsOf, type NamedValues } from './join/filter.ts'
import { Universe } from './join/universe.ts'
import { parameterBinds } from './parameter-binds.ts'
import { type Wanted, wantedOf } from './wanted.ts'

/** A request for a plan. */
export interface PlanRequest {
  /** Configured: every parameter has a value. */
  readonly pipeline: Pipeline
  readonly catalogue: Catalogue
  readonly history: History
  /** What the body of each task is, by name. */
  readonly codeOf: (task: Task) => Pick<TaskIdentity, 'code' | 'codeParts' | 'environment'>
  /** Data-ID expression that selects a part. */
  readonly where?: string | undefined
  readonly binds?: Readonly<Record<string, Json>>
  /** Only these tasks and what they need. */
  readonly tasks?: readonly string[] | undefined
  /** Only what makes these datasets, by id, or quanta. */
  readonly wanted?: readonly string[] | undefined
  /** `--where` keeps the siblings of gathers. */
  readonly whole?: boolean
  readonly rerunOn?: readonly Component[] | undefined
  /** Tasks and ids of quanta that run whatever is there. */
  readonly force?: readonly string[]
  readonly assumeInputs?: boolean
}

/** Plans. Throws `HeddleError` for what a request gets wrong; an empty plan is no error and says why it is empty. */
export function makePlan(request: PlanRequest): Plan {
  const { pipeline, history } = request
  const universe = new Universe(pipeline, request.catalogue)
  const wanted = wantedOf(request)
  const values: NamedValues = { parameters: parameterBinds(pipeline, pipeline.values), binds: request.binds ?? {} }
  const tasks = wanted === undefined ? pipeline.tasks : withAncestors(pipeline, wanted.tasks)
  const conditions = request.where === undefined ? [] : conditionsOf(universe, request.where, values)
  const options: BuildOptions = {
    universe,
    tasks,
    conditions,
    when: whenOf(universe, tasks, { parameters: parameterBinds(pipeline, pipeline.values), binds: {} }),
    assumeInputs: request.assumeInputs === true,
  }

  const drafted = select(options, request.whole === true, wanted)
  const { graph, existing } = drafted
  const known = knownDatasets(graph, existing, universe, history, drafted.types, tasks)
  const identities = tasks.map((task): TaskIdentity => ({ task: task.name, config: task.config, ...request.codeOf(task) }))
  const identity = identityMaker(graph, pipeline, tasks, identities)
  const whole = withFingerprints(graph, known.digests, (digests) => identity.planned(digests))
  const decisions = decide({
    graph: whole,
    identity,
    history,
    digests: known.digests,
    exists: known.exists,
    counting: request.rerunOn ?? COMPONENTS,
    forced: forcedQuanta(whole, request.force ?? []),
    awaited: (d) => options.assumeInputs && existing[d] !== EARLIER,
  })
  return {
    pipeline,
    graph: whole,
    tasks,
    identities,
    identity,
    ...decisions,
    cut: drafted.cut.quanta,
    explanation: explainJoin(drafted.draft, drafted.pruned, whole),
    warnings: drafted.cut.warnings,
  }
}

function whenOf(universe: Universe, tasks: readonly Task[], values: NamedValues): Map<string, Condition> {
  const conditions = new Map<string, Condition>()
  for (const { name, when, at } of tasks) {
    if (when === undefined) continue
    try {
      conditions.set(name, conditionOf(universe, when, values))
    } catch (cause) {
      if (!(cause instanceof HeddleError)) throw cause
      const { code, message, lines, hint } = cause
      const place = `${at.file}:${at.line}: when: of ${name}: ${message}`
      throw new HeddleError(code, place, { cause, lines, ...(hint === undefined ? {} : { hint }) })
    }
  }
  return conditions
}

interface Selected {
  readonly graph: Skeleton & Pick<QuantumGraph, 'order'>
  /** Row of the catalogue's existing datasets behind each dataset; or {@link NONE} or {@link EARLIER}. */
  readonly existing: Int32Array
  readonly draft: Draft
  readonly types: readonly DraftType[]
  readonly pruned: ReturnType<typeof pruneUnmet>['pruned']
  readonly cut: ReturnType<typeof cutGathers>
}

function select(options: BuildOptions, whole: boolean, wanted: Wanted | undefined): Selected {
  const narrowed = buildDraft(options)
  const unconditioned = options.conditions.length === 0 ? undefined : buildDraft({ ...options, conditions: [] })
  const draft = whole && unconditioned !== undefined ? unconditioned : narrowed
  const { flat, order, existing, keep, pruned } = prunedGraph(draft, options)
  const asked = wanted?.selects(flat)
  const chosen = whole && unconditioned !== undefined ? selectedQuanta(narrowed, unconditioned) : undefined
  if (asked !== undefined || chosen !== undefined) {
    keepAncestors(flat, order, keep, (q) => asked?.(q) !== false && chosen?.[q] !== 0)
  }
  const part = subgraph(flat, keep, keptDatasets(flat, keep))
  const graph = { ...part.graph, order: part.graph === flat ? order : topologicalOrder(part.graph) }
  requirePrerequisites(graph)
  const cut =
    whole || unconditioned === undefined
      ? { quanta: new Uint8Array(graph.quanta), warnings: [] }
      : cutGathers(graph, prunedGraph(unconditioned, options))
  return {
    graph,
    existing: part.datasetFrom.length === 0 ? new Int32Array(0) : Int32Array.from(part.datasetFrom, (d) => existing[d] as number),
    draft: narrowed,
    types: draft.types,
    pruned,
    cut,
  }
}

interface PrunedGraph extends ReturnType<typeof pruneUnmet> {
  readonly flat: Skeleton
  readonly order: Uint32Array
  readonly existing: Int32Array
}

function prunedGraph(draft: Draft, { universe, assumeInputs }: BuildOptions): PrunedGraph {
  const flat = flatten(draft, universe)
  const order = topologicalOrder(flat)
  const existing = existingRows(draft)
  return { flat, order, existing, ...pruneUnmet(flat, order, (d) => existing[d] !== NONE || assumeInputs) }
}

function existingRows(draft: Draft): Int32Array {
  const rows = new Int32Array(draft.types.reduce((sum, type) => sum + type.rows.count, 0))
  let at = 0
  for (const type of draft.types) {
    rows.set(type.existing, at)
    at += type.rows.count
  }
  return rows
}

/** Quanta of the whole draft that the narrowed one has too. */
function selectedQuanta(narrowed: Draft, whole: Draft): Uint8Array {
  const chosen = new Uint8Array(whole.tasks.reduce((sum, task) => sum + task.rows.count, 0))
  let first = 0
  whole.tasks.forEach((task, t) => {
    const mine = (narrowed.tasks[t] as DraftTask).rows
    // Both are in data-ID order over one interning, so the narrowed rows are met in turn.
    for (let i = 0, n = 0; i < task.rows.count && n < mine.count; i++) {
      if (!task.rows.columns.every((column, k) => column[i] === mine.columns[k]?.[n])) continue
      chosen[first + i] = 1
      n++
    }
    first += task.rows.count
  })
  return chosen
}

function knownDatasets(
  graph: Skeleton,
  existing: Int32Array,
  universe: Universe,
  history: History,
  types: readonly DraftType[],
  tasks: readonly Task[],
): { digests: Uint8Array; exists: Uint8Array } {
  const digests = new Uint8Array(graph.datasets * 32)
  const exists = new Uint8Array(graph.datasets)
  for (const block of graph.types) {
    const draft = types.find(({ type }) => type.name === block.type) as DraftType
    for (let i = 0; i < block.count; i++) {
      const d = block.first + i
      const row = existing[d] as number
      if (row < 0) continue
      const { datasets } = universe.existing(draft.type)
      digests.set(datasets.digests.subarray(row * 32, row * 32 + 32), d * 32)
      exists[d] = 1
    }
  }
  outsideDatasets(graph, tasks, history, digests, exists)
  return { digests, exists }
}

function withFingerprints(
  graph: Skeleton & Pick<QuantumGraph, 'order'>,
  inputDigests: Uint8Array,
  planned: (inputDigests: Uint8Array) => Uint8Array,
): QuantumGraph {
  const inputs = inputDigests.slice()
  let fingerprints: Uint8Array | undefined
  return {
    ...graph,
    inputDigests: inputs,
    get planned() {
      fingerprints ??= planned(inputs)
      return fingerprints
    },
  }
}
