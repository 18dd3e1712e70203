/**
 * A second planner that follows the sentences of the contract by nested loops over plain objects, for comparison with
 * `src/plan`: no code, type or trick is shared, and nothing is fast.
 */

import type { Comparison, NaiveConnection, NaiveDimension, NaivePlan, NaiveQuantum, NaiveRequest, NaiveTask, Row, World } from './world.ts'

interface Node {
  readonly id: string
  readonly task: NaiveTask
  readonly row: Row
  readonly inputs: Readonly<Record<string, readonly string[]>>
  readonly prerequisites: Readonly<Record<string, readonly string[]>>
  readonly outputs: Readonly<Record<string, readonly string[]>>
  readonly after: readonly string[]
}

interface Graph {
  readonly nodes: Map<string, Node>
  /** Producer of each dataset that some quantum would make. */
  readonly producer: Map<string, string>
  /** Made datasets that stand in from earlier runs, of which there are none: what reads them is blocked. */
  readonly outside: Set<string>
}

/** Plans by the book. */
export function naivePlan(world: World, request: NaiveRequest): NaivePlan {
  const book = new Book(world)
  const wantedTasks = [...request.tasks, ...request.wanted.map((id) => book.makerOf(nameOf(id)))]
  const tasks = wantedTasks.length === 0 ? world.tasks : book.needed(wantedTasks)
  const narrowed = book.graph(tasks, request.where, request.assumeInputs)
  const unconditioned = book.graph(tasks, [], request.assumeInputs)
  const graph = request.whole ? unconditioned : narrowed

  const isWanted = ({ task, outputs }: Node): boolean =>
    wantedTasks.length === 0 ||
    request.tasks.includes(task.name) ||
    task.outputs.some(({ dataset }) => request.wanted.includes(dataset)) ||
    Object.values(outputs).some((ids) => ids.some((dataset) => request.wanted.includes(dataset)))
  const alive = prune(graph)
  const kept = ancestors(graph, alive, (node) => isWanted(node) && (!request.whole || narrowed.nodes.has(node.id)))

  const all = prune(unconditioned)
  const cut = request.whole ? new Set<string>() : cutQuanta(graph, alive, unconditioned, all)
  const blocked = blockedQuanta(graph, kept, alive)
  const exists = (dataset: string): boolean => {
    const producer = graph.producer.get(dataset)
    return producer === undefined || kept.has(producer)
  }
  const producers: Record<string, string | null> = {}
  const quanta = [...graph.nodes.values()]
    .filter(({ id }) => kept.has(id))
    .map((node): NaiveQuantum => {
      const edges = Object.fromEntries(
        Object.entries({ ...node.inputs, ...node.prerequisites, ...node.outputs }).map(([name, ids]) => [name, ids.filter(exists)]),
      )
      for (const dataset of Object.values(edges).flat()) producers[dataset] = graph.producer.get(dataset) ?? null
      return {
        id: node.id,
        action: blocked.has(node.id) ? 'blocked' : 'run',
        cut: cut.has(node.id),
        edges,
        after: node.after.filter((id) => kept.has(id)).sort(),
      }
    })
  const lacking = [...graph.nodes.values()]
    .filter(({ id }) => kept.has(id))
    .filter(({ task, prerequisites }) => task.prerequisites.some(({ name, minimum }) => (prerequisites[name] ?? []).length < minimum))
    .map(({ id }) => id)
  const unknown = request.wanted.filter((id) => id.includes('@') && !graph.producer.has(id))
  return { quanta, producers, lacking, unknown }
}

function nameOf(id: string): string {
  return id.split('@')[0] as string
}

function test({ dimension, op, value }: Comparison, row: Row): boolean {
  const found = row[dimension] as number
  return op === '=' ? found === value : op === '!=' ? found !== value : op === '<' ? found < value : found > value
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name] as number]))
}

function agrees(a: Row, b: Row): boolean {
  return Object.keys(a).every((name) => b[name] === undefined || a[name] === b[name])
}

function naturalJoin(tables: readonly (readonly Row[])[]): Row[] {
  let rows: Row[] = [{}]
  for (const table of tables)
    rows = rows.flatMap((row) => table.filter((other) => agrees(row, other)).map((other) => ({ ...row, ...other })))
  return rows
}

class Book {
  readonly world: World
  readonly made: ReadonlyMap<string, NaiveTask>

  constructor(world: World) {
    this.world = world
    this.made = new Map(world.tasks.flatMap((task) => task.outputs.map(({ dataset }) => [dataset, task] as const)))
  }

  makerOf(name: string): string {
    return this.made.get(name)?.name ?? name
  }

  needed(names: readonly string[]): NaiveTask[] {
    const all = new Set(names)
    for (const name of all) {
      const task = this.world.tasks.find((one) => one.name === name) as NaiveTask
      for (const { dataset, initial } of [...task.inputs, ...task.prerequisites])
        for (const type of [dataset, initial]) if (type !== undefined && this.made.has(type)) all.add(this.makerOf(type))
      for (const earlier of task.after) all.add(earlier)
    }
    return this.world.tasks.filter(({ name }) => all.has(name))
  }

  dimension(name: string): NaiveDimension {
    return this.world.dimensions.find((one) => one.name === name) as NaiveDimension
  }

  /** With what they require (and imply), in declaration order. */
  closure(names: readonly string[], imply: boolean): string[] {
    const all = new Set(names)
    for (const name of all) {
      const { requires, implies, records } = this.dimension(name)
      for (const other of [...requires, ...(imply && records !== undefined ? implies : [])]) all.add(other)
    }
    return this.world.dimensions.map(({ name }) => name).filter((name) => all.has(name))
  }

  typeDimensions(name: string): string[] {
    return this.closure(this.world.datasets.find((type) => type.name === name)?.dimensions ?? [], false)
  }

  overall(): string[] {
    return this.world.datasets.map(({ name }) => name).filter((name) => !this.made.has(name))
  }

  /** Records of a dimension; without them the values found in overall inputs, or else in other records. */
  records(name: string): readonly Row[] {
    const { records } = this.dimension(name)
    if (records !== undefined) return records
    const key = this.closure([name], false)
    const inputs = this.overall().filter((type) => this.typeDimensions(type).includes(name))
    const sources =
      inputs.length > 0
        ? inputs.map((type) => this.world.existing[type] ?? [])
        : [
            ...this.world.dimensions.flatMap((one) => (one.records === undefined ? [] : [one.records])),
            ...this.world.relations.map(({ rows }) => rows),
          ]
    return this.distinct(
      sources.flat().filter((row) => key.every((d) => row[d] !== undefined)),
      key,
    )
  }

  /** Where a value stands in its dimension's order. */
  rank(name: string, value: number): number {
    const { ordered, records } = this.dimension(name)
    const at = ordered ? (records ?? []).findIndex((record) => record[name] === value) : -1
    return at < 0 ? 1000 + value : at
  }

  compare(names: readonly string[], a: Row, b: Row): number {
    for (const name of names) {
      const difference = this.rank(name, a[name] as number) - this.rank(name, b[name] as number)
      if (difference !== 0) return difference
    }
    return 0
  }

  /** SELECT DISTINCT names … ORDER BY names. */
  distinct(rows: readonly Row[], names: readonly string[]): Row[] {
    const found = new Map(rows.map((row) => [names.map((name) => row[name]).join(), pick(row, names)]))
    return [...found.values()].sort((a, b) => this.compare(names, a, b))
  }

  id(name: string, dimensions: readonly string[], row: Row): string {
    return dimensions.length === 0 ? name : `${name}@${dimensions.map((d) => `${d}=${row[d]}`).join()}`
  }

  /** Tasks that share a dimension or a dataset, directly or through others. */
  parts(tasks: readonly NaiveTask[]): NaiveTask[][] {
    const things = (task: NaiveTask): Set<string> => {
      const types = [...task.inputs, ...task.outputs].flatMap(({ dataset, initial }) => [
        dataset,
        ...(initial === undefined ? [] : [initial]),
      ])
      return new Set([
        ...this.closure([...task.dimensions, ...types.flatMap((type) => this.typeDimensions(type))], true).map(
          (name) => `dimension ${name}`,
        ),
        ...types.map((name) => `dataset ${name}`),
      ])
    }
    const part = new Map(tasks.map((task, i) => [task.name, i]))
    for (const _ of tasks)
      for (const a of tasks)
        for (const b of tasks) {
          if (![...things(a)].some((thing) => things(b).has(thing))) continue
          const least = Math.min(part.get(a.name) as number, part.get(b.name) as number)
          part.set(a.name, least)
          part.set(b.name, least)
        }
    return [...new Set(part.values())].map((n) => tasks.filter(({ name }) => part.get(name) === n))
  }

  /** The one join of a part. */
  join(tasks: readonly NaiveTask[], where: readonly Comparison[], assumeInputs: boolean): Row[] {
    const { relations, existing } = this.world
    const connections = tasks.flatMap((task) => [...task.inputs, ...task.outputs])
    let own = this.closure(
      [...tasks.flatMap((task) => task.dimensions), ...connections.flatMap(({ dataset }) => this.typeDimensions(dataset))],
      true,
    )
    const base = own
    const relevant = where.filter(({ dimension }) => {
      const its = this.closure([dimension], true)
      const leads = relations.some(({ dimensions }) => dimensions.some((d) => base.includes(d)) && dimensions.some((d) => its.includes(d)))
      return leads || its.some((d) => base.includes(d))
    })
    own = this.closure([...own, ...relevant.map(({ dimension }) => dimension)], true)
    // An overall input narrows where a quantum cannot do without it, and where it is looked for at the quantum's own data ID.
    const narrowing = tasks.flatMap((task) =>
      task.inputs.filter(({ dataset, minimum, step }) => !this.made.has(dataset) && minimum > 0 && step === undefined),
    )
    const tables = [
      ...own.map((name) => this.records(name)),
      ...relations.filter(({ dimensions }) => this.closure(dimensions, false).every((d) => own.includes(d))).map(({ rows }) => rows),
      ...(assumeInputs ? [] : narrowing.map(({ dataset }) => existing[dataset] ?? [])),
    ]
    return naturalJoin(tables).filter((row) => relevant.every((comparison) => test(comparison, row)))
  }

  /** Overall inputs of a type: those that exist, or those that records and relations allow. */
  overallRows(name: string, assumeInputs: boolean): Row[] {
    const dimensions = this.typeDimensions(name)
    const own = this.closure(dimensions, true)
    const { relations } = this.world
    const allowed = assumeInputs
      ? naturalJoin([
          ...own.map((d) => this.records(d)),
          ...relations.filter((relation) => this.closure(relation.dimensions, false).every((d) => own.includes(d))).map(({ rows }) => rows),
        ])
      : []
    return this.distinct([...allowed, ...(this.world.existing[name] ?? [])], dimensions)
  }

  graph(tasks: readonly NaiveTask[], where: readonly Comparison[], assumeInputs: boolean): Graph {
    const joined = new Map<string, { rows: Row[]; whole: Row[] }>()
    for (const part of this.parts(tasks)) {
      const both = { rows: this.join(part, where, assumeInputs), whole: this.join(part, [], assumeInputs) }
      for (const task of part) joined.set(task.name, both)
    }
    const quantaIn = (task: NaiveTask, rows: readonly Row[]): Row[] => {
      const dimensions = this.closure(task.dimensions, false)
      const chosen = task.when === undefined ? rows : rows.filter((row) => test(task.when as Comparison, row))
      return this.distinct(chosen, dimensions)
    }
    /** Datasets that a task's quanta make, from rows of its join. */
    const makes = (task: NaiveTask, type: string, rows: readonly Row[]): Map<string, string> => {
      const own = this.closure(task.dimensions, false)
      const quanta = new Set(quantaIn(task, rows).map((row) => this.id(task.name, own, row)))
      const dimensions = this.typeDimensions(type)
      return new Map(
        this.distinct(rows, [...new Set([...own, ...dimensions])])
          .filter((row) => quanta.has(this.id(task.name, own, row)))
          .map((row) => [this.id(type, dimensions, row), this.id(task.name, own, row)]),
      )
    }
    const producer = new Map<string, string>()
    const makeable = new Set<string>()
    for (const task of tasks) {
      const { rows, whole } = joined.get(task.name) as { rows: Row[]; whole: Row[] }
      for (const { dataset } of task.outputs) {
        for (const [id, quantum] of makes(task, dataset, rows)) producer.set(id, quantum)
        for (const id of makes(task, dataset, whole).keys()) makeable.add(id)
      }
    }
    const present = new Set<string>(producer.keys())
    for (const type of this.overall())
      for (const row of this.overallRows(type, assumeInputs)) present.add(this.id(type, this.typeDimensions(type), row))

    const outside = new Set<string>()
    const nodes = new Map<string, Node>()
    for (const task of tasks) {
      const { rows, whole } = joined.get(task.name) as { rows: Row[]; whole: Row[] }
      const own = this.closure(task.dimensions, false)
      for (const row of quantaIn(task, rows)) {
        const mine = rows.filter((candidate) => agrees(row, candidate))
        const direct = (type: string): string[] =>
          this.distinct(mine, this.typeDimensions(type))
            .map((target) => this.id(type, this.typeDimensions(type), target))
            .filter((id) => present.has(id))
        const stepped = ({ dataset, step, initial }: NaiveConnection): string[] => {
          const dimensions = this.typeDimensions(dataset)
          const others = dimensions.filter((d) => d !== step)
          const found: Row[] = []
          const initials: Row[] = []
          for (const target of this.distinct(mine, dimensions)) {
            const line = this.distinct(
              whole.filter((candidate) => agrees(pick(target, others), candidate)),
              dimensions,
            )
            const before = line.findLast((candidate) => this.compare([step as string], candidate, target) < 0)
            if (before === undefined) {
              if (initial === undefined) continue
              const at = mine.filter((candidate) => agrees(target, candidate))
              for (const one of this.distinct(at, this.typeDimensions(initial))) {
                const id = this.id(initial, this.typeDimensions(initial), one)
                if (present.has(id)) initials.push(one)
              }
              continue
            }
            const id = this.id(dataset, dimensions, before)
            if (!present.has(id) && makeable.has(id)) outside.add(id)
            if (present.has(id) || makeable.has(id)) found.push(before)
          }
          const idsOf = (type: string, list: readonly Row[]): string[] =>
            this.distinct(list, this.typeDimensions(type)).map((one) => this.id(type, this.typeDimensions(type), one))
          // Types in order of declaration, data IDs within.
          const order = this.world.datasets.map(({ name }) => name)
          const key = (id: string): number => order.indexOf(nameOf(id))
          return [...new Set([...idsOf(dataset, found), ...(initial === undefined ? [] : idsOf(initial, initials))])]
            .map((id, i) => ({ id, i }))
            .sort((a, b) => key(a.id) - key(b.id) || a.i - b.i)
            .map(({ id }) => id)
        }
        const prerequisite = (type: string): string[] => {
          const follows = this.closure(task.dimensions, true)
          const dimensions = this.typeDimensions(type)
          const known = pick(
            mine[0] as Row,
            dimensions.filter((d) => follows.includes(d)),
          )
          return this.overallRows(type, assumeInputs)
            .filter((candidate) => agrees(known, candidate))
            .map((candidate) => this.id(type, dimensions, candidate))
        }
        const id = this.id(task.name, own, row)
        nodes.set(id, {
          id,
          task,
          row,
          inputs: Object.fromEntries(task.inputs.map((c) => [c.name, c.step === undefined ? direct(c.dataset) : stepped(c)])),
          prerequisites: Object.fromEntries(task.prerequisites.map(({ name, dataset }) => [name, prerequisite(dataset)])),
          outputs: Object.fromEntries(task.outputs.map(({ name, dataset }) => [name, direct(dataset)])),
          after: [],
        })
      }
    }
    return { nodes: this.withAfter(nodes), producer, outside }
  }

  /** `after` joins on the dimensions that both have. */
  withAfter(nodes: Map<string, Node>): Map<string, Node> {
    return new Map(
      [...nodes].map(([id, node]) => [
        id,
        {
          ...node,
          after: [...nodes.values()]
            .filter(({ task, row }) => node.task.after.includes(task.name) && agrees(node.row, row))
            .map((other) => other.id),
        },
      ]),
    )
  }
}

/** Quanta whose inputs suffice: absence spreads until nothing changes. */
function prune(graph: Graph): Set<string> {
  const alive = new Set(graph.nodes.keys())
  for (let before = -1; before !== alive.size; ) {
    before = alive.size
    for (const id of alive) {
      const { task, inputs } = graph.nodes.get(id) as Node
      const enough = task.inputs.every(({ name, minimum }) => counted(graph, alive, inputs[name] ?? []) >= minimum)
      if (!enough) alive.delete(id)
    }
  }
  return alive
}

function counted(graph: Graph, alive: ReadonlySet<string>, datasets: readonly string[]): number {
  return datasets.filter((dataset) => {
    const producer = graph.producer.get(dataset)
    return producer === undefined || alive.has(producer)
  }).length
}

function ancestors(graph: Graph, alive: ReadonlySet<string>, wanted: (node: Node) => boolean): Set<string> {
  const kept = new Set([...graph.nodes.values()].filter((node) => alive.has(node.id) && wanted(node)).map(({ id }) => id))
  for (const id of kept) for (const earlier of before(graph, id)) if (alive.has(earlier)) kept.add(earlier)
  return kept
}

function before(graph: Graph, id: string): string[] {
  const { inputs, after } = graph.nodes.get(id) as Node
  const producers = Object.values(inputs)
    .flat()
    .flatMap((dataset) => graph.producer.get(dataset) ?? [])
  return [...producers, ...after]
}

function spread(graph: Graph, from: Set<string>, earlier: (id: string) => readonly string[]): Set<string> {
  for (let size = -1; size !== from.size; ) {
    size = from.size
    for (const id of graph.nodes.keys()) if (earlier(id).some((one) => from.has(one))) from.add(id)
  }
  return from
}

/** Gathers that see fewer datasets than the plan without `--where` has, and what depends on them by data. */
function cutQuanta(graph: Graph, alive: ReadonlySet<string>, whole: Graph, all: ReadonlySet<string>): Set<string> {
  const cut = new Set<string>()
  for (const id of alive) {
    const full = whole.nodes.get(id)
    if (full === undefined) continue
    const { inputs } = graph.nodes.get(id) as Node
    const shorter = Object.keys(inputs).some(
      (name) => counted(graph, alive, inputs[name] ?? []) < counted(whole, all, full.inputs[name] ?? []),
    )
    if (shorter) cut.add(id)
  }
  return spread(graph, cut, (id) =>
    alive.has(id)
      ? Object.values((graph.nodes.get(id) as Node).inputs)
          .flat()
          .flatMap((dataset) => graph.producer.get(dataset) ?? [])
          .filter((one) => alive.has(one))
      : [],
  )
}

function blockedQuanta(graph: Graph, kept: ReadonlySet<string>, alive: ReadonlySet<string>): Set<string> {
  const first = [...kept].filter((id) =>
    Object.values((graph.nodes.get(id) as Node).inputs)
      .flat()
      .some((dataset) => graph.outside.has(dataset)),
  )
  return spread(graph, new Set(first), (id) => (kept.has(id) ? before(graph, id).filter((one) => alive.has(one)) : []))
}
