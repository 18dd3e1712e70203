/** Edges of connections: a row of the join, of a relation (`via:`) or of the step before (`at: previous`) each. */
import type { Connection, Task } from '../../model/pipeline.ts'
import { linkRows, lookUp, projectRows, unionRows } from '../join/links.ts'
import { filterRows, join, type Rows } from '../join/rows.ts'
import type { Universe } from '../join/universe.ts'
import type { EdgeContext, Part } from './build-context.ts'
import { type DraftEdges, type DraftType, EARLIER, EdgeList } from './draft.ts'
import { previousRows } from './step.ts'

/** Makes the edges of one connection of a task. */
export interface EdgeMaker {
  /** Makes room for datasets outside the selection that a stepped input reads; comes before any edge is made, since it renumbers. */
  reserve(task: Task, connection: Connection, part: Part): void
  input(task: Task, connection: Connection, part: Part): DraftEdges
  prerequisite(task: Task, connection: Connection): DraftEdges
  output(task: Task, connection: Connection, part: Part): DraftEdges
}

/** An edge maker over a draft's rows. */
export function edgeMaker(context: EdgeContext): EdgeMaker {
  const { universe } = context.options
  const number = new Map(context.types.map(({ type }, t) => [type.name, t]))
  const quantaOf = (task: Task): Rows => context.quanta.get(task.name) as Rows
  const typeOf = (name: string): number => number.get(name) as number

  const direct = (task: Task, connection: Connection, role: DraftEdges['role'], part: Part | undefined): DraftEdges => {
    const quanta = quantaOf(task)
    const t = typeOf(connection.dataset)
    const { rows } = context.types[t] as DraftType
    const gathers = gathersOver(universe, quanta, rows, connection.via)
    const edges = gathers
      ? linked(quanta, rows, t, prerequisiteOr(role, quanta, rows, connection, part))
      : oneEach(quanta, t, lookUp(rows, quanta, universe))
    return { connection: connection.name, role, gathers, minimum: connection.minimum, ...edges }
  }

  const prerequisiteOr = (role: DraftEdges['role'], quanta: Rows, rows: Rows, connection: Connection, part: Part | undefined): Rows => {
    if (part === undefined || role === 'prerequisite') return matching(quanta, rows, universe)
    return linkRows(quanta, connection.via, rows.dimensions, universe, part.joined)
  }

  const linked = (quanta: Rows, rows: Rows, t: number, links: Rows): Laid => {
    const owners = lookUp(quanta, links, universe)
    const targets = lookUp(rows, links, universe)
    const list = new EdgeList()
    for (let i = 0; i < links.count; i++) {
      if ((owners[i] as number) >= 0 && (targets[i] as number) >= 0) list.add(owners[i] as number, t, targets[i] as number)
    }
    return list.layOut(quanta.count)
  }

  const links = new Map<Connection, StepLinks>()
  const stepLinks = (task: Task, connection: Connection, part: Part): StepLinks => {
    const known = links.get(connection)
    if (known !== undefined) return known
    const quanta = quantaOf(task)
    const dimensions = (context.types[typeOf(connection.dataset)] as DraftType).rows.dimensions
    const follows = dimensions.every((d) => universe.derivable(quanta.dimensions, universe.interning.dimensions[d]?.name as string))
    const rows = follows ? withColumns(quanta, dimensions, universe) : linkRows(quanta, undefined, dimensions, universe, part.joined)
    const steps = universe.numbers(Object.keys(connection.step))
    const made = { rows, gathers: !follows, previous: previousRows(rows, dimensions, steps, part.unconditioned(), universe) }
    links.set(connection, made)
    return made
  }

  const stepped = (task: Task, connection: Connection, part: Part): DraftEdges => {
    const quanta = quantaOf(task)
    const t = typeOf(connection.dataset)
    const { rows, gathers, previous } = stepLinks(task, connection, part)
    const targets = lookUp((context.types[t] as DraftType).rows, previous.rows, universe)
    const owners = lookUp(quanta, rows, universe)
    const initial = connection.initial === undefined ? undefined : typeOf(connection.initial)
    const initials = initial === undefined ? undefined : lookUp((context.types[initial] as DraftType).rows, rows, universe)
    const list = new EdgeList()
    const seen = new Set<string>()
    for (let i = 0; i < rows.count; i++) {
      const owner = owners[i] as number
      const before = previous.of[i] as number
      if (owner < 0) continue
      if (before >= 0) {
        if ((targets[before] as number) >= 0) list.add(owner, t, targets[before] as number)
      } else if (initial !== undefined && initials !== undefined && (initials[i] as number) >= 0) {
        const key = `${owner}:${initials[i]}`
        if (!seen.has(key)) list.add(owner, initial, initials[i] as number)
        seen.add(key)
      }
    }
    return { connection: connection.name, role: 'input', gathers, minimum: connection.minimum, ...list.layOut(quanta.count) }
  }

  return {
    reserve: (task, connection, part) => {
      if (isStepped(connection)) addOutside(context, typeOf(connection.dataset), stepLinks(task, connection, part).previous.rows)
    },
    input: (task, connection, part) => (isStepped(connection) ? stepped(task, connection, part) : direct(task, connection, 'input', part)),
    prerequisite: (task, connection) => direct(task, connection, 'prerequisite', undefined),
    output: (task, connection, part) => direct(task, connection, 'output', part),
  }
}

/** Rows that connect quanta with datasets of this step, and what precedes each. */
interface StepLinks {
  readonly rows: Rows
  readonly gathers: boolean
  readonly previous: ReturnType<typeof previousRows>
}

function isStepped(connection: Connection): boolean {
  return Object.keys(connection.step).length > 0
}

type Laid = Pick<DraftEdges, 'offsets' | 'types' | 'rows'>

/** A connection gathers when its datasets have a dimension that does not follow from the quantum's. */
function gathersOver(universe: Universe, quanta: Rows, rows: Rows, via: string | undefined): boolean {
  return (
    via !== undefined ||
    !rows.dimensions.every((d) => universe.derivable(quanta.dimensions, universe.interning.dimensions[d]?.name as string))
  )
}

function oneEach(quanta: Rows, t: number, targets: Int32Array): Laid {
  const offsets = new Uint32Array(quanta.count + 1)
  const rows = new Uint32Array(quanta.count)
  let n = 0
  for (let i = 0; i < quanta.count; i++) {
    if ((targets[i] as number) >= 0) rows[n++] = targets[i] as number
    offsets[i + 1] = n
  }
  return { offsets, types: new Uint16Array(n).fill(t), rows: rows.slice(0, n) }
}

/** Prerequisites never constrain the join: they match on the dimensions that both have. */
function matching(quanta: Rows, rows: Rows, universe: Universe): Rows {
  const derivable = rows.dimensions.filter((d) => universe.derivable(quanta.dimensions, universe.interning.dimensions[d]?.name as string))
  return join(withColumns(quanta, derivable, universe), rows, universe.sizes)
}

/** Rows with further columns that follow from theirs. */
function withColumns(rows: Rows, dimensions: readonly number[], universe: Universe): Rows {
  const all = [...new Set([...rows.dimensions, ...dimensions])].sort((a, b) => a - b)
  return {
    dimensions: all,
    columns: all.map((d) => universe.column(rows, universe.interning.dimensions[d]?.name as string)),
    count: rows.count,
  }
}

/** Datasets of the step before that lie outside the selection: they may exist from an earlier run, unless `when:` says that they never do. */
function addOutside({ options, types }: EdgeContext, t: number, previous: Rows): void {
  const { universe, tasks, when } = options
  const { type, rows, existing } = types[t] as DraftType
  const maker = tasks.find((task) => task.outputs.some(({ dataset }) => dataset === type.name))
  if (maker === undefined) return
  const condition = when.get(maker.name)?.filter(universe).bind(previous)
  const found = lookUp(rows, previous, universe)
  const outside = filterRows(previous, (i) => (found[i] as number) < 0 && condition?.(i) !== false)
  if (outside.count === 0) return
  const all = unionRows([rows, projectRows(outside, rows.dimensions, universe)], rows.dimensions, universe)
  const was = lookUp(rows, all, universe)
  types[t] = { type, rows: all, existing: was.map((row) => (row < 0 ? EARLIER : (existing[row] as number))) }
}
