/** `after:` edges: order without data. */
import { HeddleError } from '../../model/errors.ts'
import type { Task } from '../../model/pipeline.ts'
import { lookUp } from '../join/links.ts'
import { indexRows, join, type Rows } from '../join/rows.ts'
import type { Universe } from '../join/universe.ts'
import { type DraftTask, EdgeList } from './draft.ts'

const TOO_MANY = 50_000_000

/** For each quantum of a task the earlier quanta that `after:` names: those equal in the shared dimensions, or a relation's rows. */
export function afterEdges(task: Task, tasks: readonly Task[], quanta: ReadonlyMap<string, Rows>, universe: Universe): DraftTask['after'] {
  const later = quanta.get(task.name) as Rows
  const list = new EdgeList()
  for (const after of task.after) {
    const t = tasks.findIndex(({ name }) => name === after.task)
    const earlier = quanta.get(after.task) as Rows
    if (after.via === undefined) addShared(list, t, task, later, earlier, universe)
    else addRelated(list, t, after.via, later, earlier, universe)
  }
  const { offsets, types, rows } = list.layOut(later.count)
  return { offsets, tasks: types, rows }
}

function addShared(list: EdgeList, t: number, task: Task, later: Rows, earlier: Rows, universe: Universe): void {
  const d = universe.interning.dimensions.length
  // A row number as one more dimension carries each side through the join.
  const sizes = (dimension: number): number =>
    dimension === d ? later.count : dimension === d + 1 ? earlier.count : universe.sizes(dimension)
  const shared = later.dimensions.filter((dimension) => earlier.dimensions.includes(dimension))
  const numbered = (rows: Rows, as: number): Rows => ({
    dimensions: [...shared, as],
    columns: [
      ...shared.map((dimension) => rows.columns[rows.dimensions.indexOf(dimension)] as Int32Array),
      Int32Array.from({ length: rows.count }, (_, i) => i),
    ],
    count: rows.count,
  })
  if (shared.length === 0 && later.count * earlier.count > TOO_MANY) {
    throw new HeddleError(
      'after-too-large',
      `${task.name} after ${task.after.map((after) => after.task).join(', ')} would make ${later.count * earlier.count} edges`,
      {
        hint: 'let a task without dimensions gather the earlier one, and wait for that',
      },
    )
  }
  const pairs = join(numbered(later, d), numbered(earlier, d + 1), sizes)
  const [a, b] = [pairs.columns[pairs.dimensions.indexOf(d)] as Int32Array, pairs.columns[pairs.dimensions.indexOf(d + 1)] as Int32Array]
  for (let i = 0; i < pairs.count; i++) list.add(a[i] as number, t, b[i] as number)
}

/** A relation's metadata column `after_DIMENSION` holds the earlier quantum's value; dimensions without one are equal. */
function addRelated(list: EdgeList, t: number, via: string, later: Rows, earlier: Rows, universe: Universe): void {
  const relation = universe.relation(via)
  const columns = earlier.dimensions.map((d) => {
    const name = universe.interning.dimensions[d]?.name as string
    const values = universe.relationColumn(via, `after_${name}`)
    return values === undefined ? universe.column(relation, name) : Int32Array.from(values, (value) => universe.interning.find(d, value))
  })
  const owners = lookUp(later, relation, universe)
  const targets = indexRows(earlier, universe.sizes).findAll(columns, relation.count)
  for (let i = 0; i < relation.count; i++) {
    if ((owners[i] as number) >= 0 && (targets[i] as number) >= 0) list.add(owners[i] as number, t, targets[i] as number)
  }
}
