/** From numbers of quanta and datasets to their ids, and back. */
import { HeddleError } from '../../model/errors.ts'
import { blockOf, type DataIdColumns, type DimensionValues, dataIdAt, type QuantumGraph } from '../../model/graph.ts'
import { formatId, parseId } from '../../model/ids.ts'
import { didYouMean } from '../../model/nearest.ts'
import { shownValue } from '../../model/time.ts'
import { valueText } from '../../model/value.ts'

type Named = Pick<QuantumGraph, 'dimensions' | 'tasks' | 'types'>

/** Id of a quantum: `task@a=1,b=2`. */
export function idOfQuantum(graph: Named, q: number): string {
  const block = blockOf(graph.tasks, q)
  return formatId(block.task, dataIdAt(graph, block, q - block.first))
}

/** Id of a dataset: `type@a=1,b=2`. */
export function idOfDataset(graph: Named, d: number): string {
  const block = blockOf(graph.types, d)
  return formatId(block.type, dataIdAt(graph, block, d - block.first))
}

/** Number of the quantum with this id, or undefined. Throws `unknown-task`, `unknown-dimension` or `id-syntax`. */
export function findQuantum(graph: Named, id: string): number | undefined {
  const { name, values } = parseId(id)
  const block = graph.tasks.find(({ task }) => task === name)
  if (block === undefined) {
    throw new HeddleError(
      'unknown-task',
      `there is no task ${JSON.stringify(name)}${didYouMean(
        name,
        graph.tasks.map(({ task }) => task),
      )}`,
    )
  }
  const row = findRow(graph, block, block.count, values, id)
  return row === undefined ? undefined : block.first + row
}

/** Number of the dataset with this id, or undefined. Throws `unknown-dataset`, `unknown-dimension` or `id-syntax`. */
export function findDataset(graph: Named, id: string): number | undefined {
  const { name, values } = parseId(id)
  const block = graph.types.find(({ type }) => type === name)
  if (block === undefined) {
    throw new HeddleError(
      'unknown-dataset',
      `there is no dataset type ${JSON.stringify(name)}${didYouMean(
        name,
        graph.types.map(({ type }) => type),
      )}`,
    )
  }
  const row = findRow(graph, block, block.count, values, id)
  return row === undefined ? undefined : block.first + row
}

function findRow(
  graph: Named,
  block: DataIdColumns,
  count: number,
  values: Readonly<Record<string, string>>,
  id: string,
): number | undefined {
  const names = block.dimensions.map((d) => graph.dimensions[d]?.name as string)
  for (const name of Object.keys(values)) {
    if (!names.includes(name)) {
      throw new HeddleError(
        'unknown-dimension',
        `${id} has no dimension ${JSON.stringify(name)}; it has ${names.join(', ') || 'none'}${didYouMean(name, names)}`,
      )
    }
  }
  const missing = names.find((name) => !(name in values))
  if (missing !== undefined) {
    const example = count === 0 ? '' : `such as ${formatId(parseId(id).name, dataIdAt(graph, block, 0))}; `
    throw new HeddleError('id-incomplete', `${id} says no ${missing}; its dimensions are ${names.join(', ')}`, {
      hint: `${example}\`heddle plan --verbose\` lists every quantum`,
    })
  }
  const wanted = block.dimensions.map((d) => {
    const dimension = graph.dimensions[d] as DimensionValues
    return dimension.values.findIndex((value) => valueText(shownValue(value, dimension.type)) === values[dimension.name])
  })
  if (wanted.includes(-1)) return undefined
  for (let i = 0; i < count; i++) if (block.columns.every((column, k) => column[i] === wanted[k])) return i
  return undefined
}
