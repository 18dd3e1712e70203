/** What an id on the command line means in a graph. */
import { HeddleError } from '../model/errors.ts'
import type { QuantumGraph } from '../model/graph.ts'
import { parseId } from '../model/ids.ts'
import { didYouMean } from '../model/nearest.ts'
import { shownValue } from '../model/time.ts'
import { valueText } from '../model/value.ts'
import { findDataset, findQuantum } from '../plan/graph/naming.ts'
import { outputsOf } from './run-record.ts'

/** The quantum that is meant; a dataset's id means the quantum that makes it. */
export function quantumNamed(graph: QuantumGraph, text: string): number {
  const { kind, name } = parseId(text)
  const isTask = graph.tasks.some(({ task }) => task === name)
  const isType = graph.types.some(({ type }) => type === name)
  if (kind !== 'dataset' && (isTask || !isType)) return found(graph, findTaskOrSay(graph, text), text)
  const q = graph.producer[found(graph, findDataset(graph, text), text)] as number
  if (q >= 0) return q
  throw new HeddleError('overall-input', `${text} is an overall input: no task makes it`)
}

/** The dataset that is meant; a quantum's id means its output, if it has just one. */
export function datasetNamed(graph: QuantumGraph, text: string): number {
  const { kind, name } = parseId(text)
  const isTask = graph.tasks.some(({ task }) => task === name)
  const isType = graph.types.some(({ type }) => type === name)
  if (kind !== 'quantum' && (isType || !isTask)) return found(graph, findDataset(graph, text), text)
  const outputs = outputsOf(graph, found(graph, findQuantum(graph, text), text))
  if (outputs.length === 1) return outputs[0] as number
  throw new HeddleError('id-ambiguous', `${text} has ${outputs.length} outputs; name the dataset`)
}

function findTaskOrSay(graph: QuantumGraph, text: string): number | undefined {
  const { name } = parseId(text)
  if (graph.tasks.some(({ task }) => task === name)) return findQuantum(graph, text)
  const known = [...graph.tasks.map(({ task }) => task), ...graph.types.map(({ type }) => type)]
  throw new HeddleError('unknown-id', `there is no task or dataset type ${JSON.stringify(name)}${didYouMean(name, known)}`)
}

function found(graph: QuantumGraph, n: number | undefined, text: string): number {
  if (n !== undefined) return n
  throw new HeddleError('not-in-plan', `there is no ${text}: ${missingValue(graph, text) ?? 'no such data ID is in the plan'}`, {
    hint: '`heddle plan --verbose` lists every quantum',
  })
}

/** What to say of the first value that no data ID of the plan has. */
function missingValue(graph: QuantumGraph, text: string): string | undefined {
  for (const [name, value] of Object.entries(parseId(text).values)) {
    const dimension = graph.dimensions.find((one) => one.name === name)
    const known = dimension?.values.map((one) => valueText(shownValue(one, dimension.type)))
    if (known !== undefined && !known.includes(value)) {
      return `the plan has no ${name} ${JSON.stringify(value)}${didYouMean(value, known)}`
    }
  }
  return undefined
}
