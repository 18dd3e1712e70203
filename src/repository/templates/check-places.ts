/** Looks, before anything runs, whether every dataset that tasks make can stand at its `path:`. */
import type { Catalogue } from '../../model/catalogue.ts'
import { HeddleError } from '../../model/errors.ts'
import { type DimensionValues, dataIdAt, type QuantumGraph, type TypeBlock } from '../../model/graph.ts'
import { formatId } from '../../model/ids.ts'
import type { DatasetType, Pipeline } from '../../model/pipeline.ts'
import { valueText } from '../../model/value.ts'
import { datasetPath } from './dataset-path.ts'
import { expandTemplate, type PathTemplate, parseTemplate } from './template.ts'

/** Throws `path-value` for a value that cannot stand in a path, and `path-twice` where values run together so that two datasets have one path. */
export function checkPlaces(graph: QuantumGraph, pipeline: Pipeline, catalogue: Pick<Catalogue, 'dimension'>): void {
  for (const block of graph.types) {
    const type = pipeline.datasets.find(({ name }) => name === block.type)
    if (type?.path === undefined || block.count === 0 || (graph.producer[block.first] as number) < 0) continue
    const template = parseTemplate(type.path)
    if (!keepsApart(template) || !fitsValueByValue(graph, block, template))
      checkEach(
        graph,
        block,
        datasetPath(pipeline, type, (name) => catalogue.dimension(name)),
        type,
      )
  }
}

/** Whether no two data IDs can have one path: each field has a segment of its own and is a dimension. */
function keepsApart({ fields, segments }: PathTemplate): boolean {
  const crowded = segments.some((parts) => parts.filter((part) => typeof part === 'number').length > 1)
  return !crowded && fields.every(({ metadata }) => metadata === undefined)
}

/** Tries each value once instead of each data ID; false where only all values together may be too long. */
function fitsValueByValue(graph: QuantumGraph, block: TypeBlock, template: PathTemplate): boolean {
  const short = template.fields.map(() => 'x')
  const longest = template.fields.map(({ dimension }, field) => {
    const k = block.dimensions.findIndex((d) => graph.dimensions[d]?.name === dimension)
    const { values } = graph.dimensions[block.dimensions[k] as number] as DimensionValues
    let most = ''
    for (const index of new Set(block.columns[k])) {
      const value = values[index] ?? null
      expandTemplate(template, short.with(field, value as string))
      const text = value === null ? '' : valueText(value)
      if (Buffer.byteLength(text) > Buffer.byteLength(most)) most = text
    }
    return most
  })
  try {
    expandTemplate(template, longest)
    return true
  } catch (error) {
    if (!(error instanceof HeddleError)) throw error
    return false
  }
}

function checkEach(graph: QuantumGraph, block: TypeBlock, pathOf: ReturnType<typeof datasetPath>, { name }: DatasetType): void {
  const owners = new Map<string, number>()
  for (let i = 0; i < block.count; i++) {
    const path = pathOf(dataIdAt(graph, block, i))
    const owner = owners.get(path)
    if (owner !== undefined) {
      const [one, other] = [owner, i].map((n) => formatId(name, dataIdAt(graph, block, n)))
      throw new HeddleError('path-twice', `${one} and ${other} would both be ${path}; expected a path of its own for each`, {
        hint: 'put the dimensions into folders of their own, as in {one}/{other}',
      })
    }
    owners.set(path, i)
  }
}
