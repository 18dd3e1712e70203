/** From tasks and records to a draft graph: join each part of the pipeline, project quanta and datasets, connect them. */
import { HeddleError } from '../model/errors.ts'
import { dataIdAt } from '../model/graph.ts'
import { formatId } from '../model/ids.ts'
import type { Connection, DatasetType, Task } from '../model/pipeline.ts'
import { afterEdges } from './after.ts'
import type { Draft, DraftEdges, DraftTask, DraftType } from './draft.ts'
import { type EdgeMaker, edgeMaker } from './edges.ts'
import type { Condition } from './filter.ts'
import { linkRows, lookUp, projectRows, unionRows } from './links.ts'
import { type Joined, type JoinTable, naturalJoin, projectJoined } from './natural-join.ts'
import { connectedParts, joins } from './parts.ts'
import { filterRows, type Rows } from './rows.ts'
import { overallInputs, type Universe } from './universe.ts'

/** What a draft is built from. */
export interface BuildOptions {
  readonly universe: Universe
  readonly tasks: readonly Task[]
  /** Conjuncts of `--where`. */
  readonly conditions: readonly Condition[]
  /** `when:` of tasks that have one. */
  readonly when: ReadonlyMap<string, Condition>
  /** Overall inputs count as present wherever records and relations allow. */
  readonly assumeInputs: boolean
}

/** One part of the pipeline, joined. */
export interface Part {
  readonly tasks: readonly Task[]
  readonly joined: Joined
  /** The same without conditions: where `at: previous` looks. */
  readonly unconditioned: () => Joined
}

/** Builds the draft. Throws for prerequisites that do not exist and for two producers of one dataset. */
export function buildDraft(options: BuildOptions): Draft {
  const { universe, tasks } = options
  const parts = connectedParts(tasks, (task) => universe.closure(task.dimensions)).map((part) => joinPart(part, options))
  const types = typesOf(universe, tasks)
  const quanta = new Map<string, Rows>()
  for (const part of parts) for (const task of part.tasks) quanta.set(task.name, quantaOf(task, part.joined, options))

  const context: EdgeContext = {
    options,
    parts,
    quanta,
    types: types.map((type) => ({ type, rows: EMPTY_ROWS, existing: new Int32Array(0) })),
  }
  const partOf = new Map(parts.flatMap((part) => part.tasks.map((task) => [task.name, part] as const)))
  const made = new Set(tasks.flatMap((task) => task.outputs.map(({ dataset }) => dataset)))
  types.forEach((type, t) => {
    context.types[t] = made.has(type.name) ? madeRows(type, tasks, context, partOf) : overallRows(type, tasks, context, partOf)
  })
  const maker = edgeMaker(context)
  for (const task of tasks) for (const connection of task.inputs) maker.reserve(task, connection, partOf.get(task.name) as Part)
  const draftTasks = tasks.map((task) => connectTask(task, partOf.get(task.name) as Part, context, maker))
  return {
    tasks: draftTasks.map((draft) => ({ ...draft, after: afterEdges(draft.task, tasks, quanta, universe) })),
    types: context.types,
    steps: parts.flatMap((part) => part.joined.steps),
  }
}

/** What making edges needs to know. */
export interface EdgeContext {
  readonly options: BuildOptions
  readonly parts: readonly Part[]
  readonly quanta: ReadonlyMap<string, Rows>
  /** Filled type by type; `at: previous` may add datasets that lie outside the selection. */
  readonly types: DraftType[]
}

const EMPTY_ROWS: Rows = { dimensions: [], columns: [], count: 0 }

function typesOf(universe: Universe, tasks: readonly Task[]): DatasetType[] {
  const used = new Set(
    tasks.flatMap((task) =>
      [...task.inputs, ...task.prerequisites, ...task.outputs].flatMap((c) =>
        c.initial === undefined ? [c.dataset] : [c.dataset, c.initial],
      ),
    ),
  )
  return universe.pipeline.datasets.filter((type) => used.has(type.name))
}

function datasetType(universe: Universe, name: string): DatasetType {
  return universe.pipeline.datasets.find((type) => type.name === name) as DatasetType
}

function joinPart(tasks: readonly Task[], options: BuildOptions): Part {
  const { universe, conditions, assumeInputs } = options
  const connections = tasks.flatMap((task) => [...task.inputs, ...task.outputs].filter(joins))
  const names = new Set(tasks.flatMap((task) => [...task.dimensions]))
  for (const connection of connections) for (const name of datasetType(universe, connection.dataset).dimensions) names.add(name)
  const own = new Set(universe.closure(names))
  const relevant = conditions.filter((condition) => condition.dimensions.length === 0 || touches(condition, own, universe))
  for (const condition of relevant) for (const name of universe.closure(condition.dimensions)) own.add(name)
  const overall = new Set(overallInputs(universe.pipeline).map(({ name }) => name))
  // Only what a quantum cannot do without narrows the join: neither optional inputs nor those of another step.
  const constraining = new Set(
    connections
      .filter(({ dataset, minimum, step }) => overall.has(dataset) && minimum > 0 && Object.keys(step).length === 0)
      .map(({ dataset }) => dataset),
  )
  const tables: JoinTable[] = [...own].map((name) => ({ name: `dimension ${name}`, rows: universe.records(name) }))
  for (const relation of universe.pipeline.relations) {
    if (!relation.viaOnly && relation.dimensions.every((name) => own.has(name)))
      tables.push({ name: `relation ${relation.name}`, rows: universe.relation(relation.name) })
  }
  if (!assumeInputs) {
    for (const name of constraining) tables.push({ name: `existing ${name}`, rows: universe.existing(datasetType(universe, name)).rows })
  }
  const filters = relevant.map((condition) => condition.filter(universe))
  let whole: Joined | undefined
  const joined = naturalJoin(tables, filters, universe.sizes)
  return {
    tasks,
    joined,
    unconditioned: () => {
      whole ??= filters.length === 0 ? joined : naturalJoin(tables, [], universe.sizes)
      return whole
    },
  }
}

/** A condition concerns a part when it shares a dimension with it, or a relation leads from one to the other. */
function touches(condition: Condition, own: ReadonlySet<string>, universe: Universe): boolean {
  const dimensions = universe.closure(condition.dimensions)
  if (dimensions.some((name) => own.has(name))) return true
  return universe.pipeline.relations.some(
    (relation) =>
      !relation.viaOnly &&
      relation.dimensions.some((name) => own.has(name)) &&
      relation.dimensions.some((name) => dimensions.includes(name)),
  )
}

function quantaOf(task: Task, joined: Joined, { universe, when }: BuildOptions): Rows {
  const rows = projectJoined(joined, universe.numbers(task.dimensions))
  const condition = when.get(task.name)
  return condition === undefined ? rows : filterRows(rows, condition.filter(universe).bind(rows))
}

function madeRows(type: DatasetType, tasks: readonly Task[], context: EdgeContext, partOf: ReadonlyMap<string, Part>): DraftType {
  const { universe } = context.options
  const dimensions = universe.numbers(universe.requiredBy(type.dimensions))
  const rows = tasks.flatMap((task) =>
    task.outputs
      .filter(({ dataset }) => dataset === type.name)
      .map((output) => outputRows(task, output.via, dimensions, context, partOf.get(task.name) as Part)),
  )
  const all = unionRows(rows, dimensions, universe)
  return { type, rows: all, existing: new Int32Array(all.count).fill(-1) }
}

function outputRows(task: Task, via: string | undefined, dimensions: readonly number[], context: EdgeContext, part: Part): Rows {
  const { universe } = context.options
  const quanta = context.quanta.get(task.name) as Rows
  if (via === undefined && dimensions.every((d) => quanta.dimensions.includes(d))) return projectRows(quanta, dimensions, universe)
  return projectRows(linkRows(quanta, via, dimensions, universe, part.joined), dimensions, universe)
}

function overallRows(type: DatasetType, tasks: readonly Task[], context: EdgeContext, partOf: ReadonlyMap<string, Part>): DraftType {
  const { universe, assumeInputs } = context.options
  const existing = universe.existing(type)
  const dimensions = universe.numbers(universe.requiredBy(type.dimensions))
  if (!assumeInputs) return sortedExisting(type, existing.rows, existing.from, dimensions, universe)
  const readers = tasks.filter((task) =>
    [...task.inputs, ...task.prerequisites].some(({ dataset, initial }) => dataset === type.name || initial === type.name),
  )
  const predicted = readers.flatMap((task) => {
    const part = partOf.get(task.name) as Part
    const whole = dimensions.every((d) => part.joined.factors.some((factor) => factor.dimensions.includes(d)))
    return whole ? [projectJoined(part.joined, dimensions)] : []
  })
  const rows = unionRows([...predicted, existing.rows], dimensions, universe)
  const found = lookUp(existing.rows, rows, universe)
  return { type, rows, existing: found.map((row) => (row < 0 ? -1 : (existing.from[row] as number))) }
}

function sortedExisting(type: DatasetType, rows: Rows, from: Int32Array, dimensions: readonly number[], universe: Universe): DraftType {
  const sorted = projectRows(rows, dimensions, universe)
  const found = lookUp(rows, sorted, universe)
  return { type, rows: sorted, existing: found.map((row) => from[row] as number) }
}

function connectTask(task: Task, part: Part, context: EdgeContext, maker: EdgeMaker): Omit<DraftTask, 'after'> {
  const rows = context.quanta.get(task.name) as Rows
  const edges: DraftEdges[] = [
    ...task.inputs.map((connection) => maker.input(task, connection, part)),
    ...task.prerequisites.map((connection) => maker.prerequisite(task, connection)),
    ...task.outputs.map((connection) => maker.output(task, connection, part)),
  ]
  for (const [n, connection] of task.prerequisites.entries())
    requirePrerequisite(connection, edges[task.inputs.length + n] as DraftEdges, (i) =>
      formatId(task.name, dataIdAt(context.options.universe.interning, rows, i)),
    )
  return { task, rows, edges }
}

function requirePrerequisite({ name, minimum }: Connection, edges: DraftEdges, idOf: (i: number) => string): void {
  for (let i = 0; i + 1 < edges.offsets.length; i++) {
    const count = (edges.offsets[i + 1] as number) - (edges.offsets[i] as number)
    if (count < minimum) {
      throw new HeddleError(
        'prerequisite-missing',
        `${idOf(i)} needs ${minimum === 1 ? 'its' : `${minimum} of its`} prerequisite ${name}, and ${count === 0 ? 'there is none' : `there are ${count}`}`,
        {
          hint: 'put the file where the dataset’s path: says, register it with `heddle ingest`, or say `optional: true`',
        },
      )
    }
  }
}
