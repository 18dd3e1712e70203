/** From tasks and records to a draft graph: join each part of the pipeline, project quanta and datasets, connect them. */
import type { Connection, DatasetType, Task } from '../../model/pipeline.ts'
import type { Condition } from '../join/filter.ts'
import { linkRows, lookUp, projectRows, unionRows } from '../join/links.ts'
import { type Joined, type JoinTable, naturalJoin, projectJoined } from '../join/natural-join.ts'
import { filterRows, type Rows } from '../join/rows.ts'
import { overallInputs, type Universe } from '../join/universe.ts'
import { afterEdges } from './after.ts'
import type { BuildOptions, EdgeContext, Part } from './build-context.ts'
import { type Draft, type DraftEdges, type DraftTask, type DraftType, NONE } from './draft.ts'
import { type EdgeMaker, edgeMaker } from './edges.ts'
import { connectedParts, joins } from './parts.ts'

/** Builds the draft. */
export function buildDraft(options: BuildOptions): Draft {
  const { universe, tasks } = options
  const parts = connectedParts(tasks, (task) => universe.closure(joinedDimensions([task], universe))).map((part) => joinPart(part, options))
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
  const made = Map.groupBy(
    tasks.flatMap((task) => task.outputs.map((output) => ({ task, output }))),
    ({ output }) => output.dataset,
  )
  types.forEach((type, t) => {
    const makers = made.get(type.name)
    context.types[t] = makers === undefined ? overallRows(type, tasks, context, partOf) : madeRows(type, makers, context, partOf)
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

function joinedConnections(tasks: readonly Task[]): Connection[] {
  return tasks.flatMap((task) => [...task.inputs, ...task.outputs].filter(joins))
}

/** Dimensions of tasks and of what they read and make. */
function joinedDimensions(tasks: readonly Task[], universe: Universe): Set<string> {
  const types = joinedConnections(tasks).map(({ dataset }) => datasetType(universe, dataset))
  return new Set([...tasks, ...types].flatMap(({ dimensions }) => dimensions))
}

function joinPart(tasks: readonly Task[], options: BuildOptions): Part {
  const { universe, conditions } = options
  const own = new Set(universe.closure(joinedDimensions(tasks, universe)))
  const relevant = conditions.filter((condition) => condition.dimensions.length === 0 || touches(condition, own, universe))
  // What an expression names beyond the part narrows it too, but only under the expression.
  const widened = own.union(new Set(universe.closure(relevant.flatMap(({ dimensions }) => dimensions))))
  const inputs = inputTables(tasks, options)
  const filters = relevant.map((condition) => condition.filter(universe))
  const joined = naturalJoin([...recordTables(widened, universe), ...inputs], filters, universe.sizes)
  let whole = relevant.length === 0 ? joined : undefined
  return {
    tasks,
    joined,
    unconditioned: () => {
      whole ??= naturalJoin([...recordTables(own, universe), ...inputs], [], universe.sizes)
      return whole
    },
  }
}

/** Existing overall inputs that a quantum cannot do without: neither optional ones nor those of another step narrow the join. */
function inputTables(tasks: readonly Task[], { universe, assumeInputs }: BuildOptions): JoinTable[] {
  if (assumeInputs) return []
  const needed = new Set(
    joinedConnections(tasks)
      .filter(({ minimum, step }) => minimum > 0 && Object.keys(step).length === 0)
      .map(({ dataset }) => dataset),
  )
  return overallInputs(universe.pipeline)
    .filter(({ name }) => needed.has(name))
    .map((type) => ({ name: `existing ${type.name}`, rows: universe.existing(type).rows }))
}

/** Records of dimensions, and of the relations that lie within them. */
function recordTables(own: ReadonlySet<string>, universe: Universe): JoinTable[] {
  const relations = universe.pipeline.relations.filter(
    ({ viaOnly, dimensions }) => !viaOnly && universe.requiredBy(dimensions).every((name) => own.has(name)),
  )
  return [
    ...[...own].map((name) => ({ name: `dimension ${name}`, rows: universe.records(name) })),
    ...relations.map(({ name }) => ({ name: `relation ${name}`, rows: universe.relation(name) })),
  ]
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

function madeRows(
  type: DatasetType,
  makers: readonly { readonly task: Task; readonly output: Connection }[],
  context: EdgeContext,
  partOf: ReadonlyMap<string, Part>,
): DraftType {
  const { universe } = context.options
  const dimensions = universe.numbers(universe.requiredBy(type.dimensions))
  const rows = makers.map(({ task, output }) => outputRows(task, output.via, dimensions, context, partOf.get(task.name) as Part))
  const all = unionRows(rows, dimensions, universe)
  return { type, rows: all, existing: new Int32Array(all.count).fill(NONE) }
}

function outputRows(task: Task, via: string | undefined, dimensions: readonly number[], context: EdgeContext, part: Part): Rows {
  const { universe } = context.options
  const quanta = context.quanta.get(task.name) as Rows
  if (via === undefined && dimensions.every((d) => quanta.dimensions.includes(d))) return projectRows(quanta, dimensions, universe)
  const links = linkRows(quanta, via, dimensions, universe, part.joined)
  // The join still has the quanta that `when:` took out.
  const made = lookUp(quanta, links, universe)
  return projectRows(
    filterRows(links, (i) => (made[i] as number) >= 0),
    dimensions,
    universe,
  )
}

function overallRows(type: DatasetType, tasks: readonly Task[], context: EdgeContext, partOf: ReadonlyMap<string, Part>): DraftType {
  const { universe, assumeInputs } = context.options
  const existing = universe.existing(type)
  const dimensions = universe.numbers(universe.requiredBy(type.dimensions))
  if (!assumeInputs) return sortedExisting(type, existing.rows, existing.from, dimensions, universe)
  const predicted = tasks.flatMap((task) => {
    const { joined, unconditioned } = partOf.get(task.name) as Part
    const stepped = task.inputs.some(({ dataset, step }) => dataset === type.name && Object.keys(step).length > 0)
    const read = task.inputs.some(({ dataset, initial }) => dataset === type.name || initial === type.name)
    const lookedUp = task.prerequisites.some(({ dataset }) => dataset === type.name)
    return [
      ...(stepped ? [unconditioned()] : read ? [joined] : []),
      ...(lookedUp ? [naturalJoin(recordTables(new Set(universe.closure(type.dimensions)), universe), [], universe.sizes)] : []),
    ]
  })
  const rows = unionRows([...predicted.map((one) => projectJoined(one, dimensions)), existing.rows], dimensions, universe)
  const found = lookUp(existing.rows, rows, universe)
  return { type, rows, existing: found.map((row) => (row < 0 ? NONE : (existing.from[row] as number))) }
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
  return { task, rows, edges }
}
