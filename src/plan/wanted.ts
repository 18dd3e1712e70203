/** What a request asks for: tasks by name, datasets and quanta by id. */
import { HeddleError } from '../model/errors.ts'
import { parseId } from '../model/ids.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Pipeline } from '../model/pipeline.ts'
import type { Skeleton } from './graph/flatten.ts'
import { findDataset, findQuantum, idOfDataset, idOfQuantum } from './graph/naming.ts'
import { taskNumbers } from './graph/prune.ts'

/** A request for less than everything. */
export interface Wanted {
  /** Tasks whose quanta may be asked for. */
  readonly tasks: readonly string[]
  /** The test of quanta that are asked for. */
  selects(graph: Skeleton): (q: number) => boolean
}

/** Reads `--tasks` and targets; undefined when everything is wanted. Throws for unknown names, with the nearest. */
export function wantedOf(request: {
  readonly pipeline: Pipeline
  readonly tasks?: readonly string[] | undefined
  readonly wanted?: readonly string[] | undefined
}): Wanted | undefined {
  const { pipeline, tasks = [], wanted = [] } = request
  if (tasks.length === 0 && wanted.length === 0) return undefined
  const known = pipeline.tasks.map(({ name }) => name)
  for (const name of tasks) {
    if (!known.includes(name)) throw new HeddleError('unknown-task', `there is no task ${JSON.stringify(name)}${didYouMean(name, known)}`)
  }
  const targets = wanted.map((id) => target(pipeline, id))
  return {
    tasks: [...tasks, ...targets.flatMap(({ makers }) => makers)],
    selects(graph) {
      const taskOf = taskNumbers(graph)
      const whole = new Set([...tasks, ...targets.filter(({ bare }) => bare).flatMap(({ makers }) => makers)])
      const single = new Set(targets.filter(({ bare }) => !bare).map((one) => quantumOf(graph, one)))
      return (q) => whole.has(graph.tasks[taskOf[q] as number]?.task as string) || single.has(q)
    },
  }
}

interface Target {
  readonly id: string
  readonly kind: 'quantum' | 'dataset'
  readonly makers: readonly string[]
  /** A name without a data ID: all of it. */
  readonly bare: boolean
}

function target(pipeline: Pipeline, id: string): Target {
  const { kind, name, values } = parseId(id)
  const bare = Object.keys(values).length === 0
  const makers = pipeline.tasks.filter((task) => task.outputs.some(({ dataset }) => dataset === name)).map((task) => task.name)
  if (kind !== 'quantum' && pipeline.datasets.some((type) => type.name === name)) {
    if (makers.length === 0) throw new HeddleError('overall-input', `${id} is an overall input; no task makes it`)
    return { id, kind: 'dataset', makers, bare }
  }
  if (kind !== 'dataset' && pipeline.tasks.some((task) => task.name === name)) return { id, kind: 'quantum', makers: [name], bare }
  const known = [...pipeline.datasets, ...pipeline.tasks].map((one) => one.name)
  throw new HeddleError('unknown-dataset', `there is no dataset type or task ${JSON.stringify(name)}${didYouMean(name, known)}`, {
    hint:
      byPath(pipeline, id) ?? `there are ${[...new Set(known)].slice(0, MOST_NAMED).join(', ')}${known.length > MOST_NAMED ? ' …' : ''}`,
  })
}

/** Most names in a hint. */
const MOST_NAMED = 20

/** For those who name a file as with make: whose path it is. */
function byPath({ datasets }: Pipeline, path: string): string | undefined {
  const type = datasets.find((one) => one.path === path)
  return type === undefined ? undefined : `${path} is the path of ${type.name}: name that`
}

function quantumOf(graph: Skeleton, { id, kind }: Target): number {
  const plain = id.replace(/^(?:quantum|dataset):/u, '')
  const d = kind === 'dataset' ? findDataset(graph, plain) : undefined
  const q = kind === 'quantum' ? findQuantum(graph, plain) : d === undefined ? undefined : (graph.producer[d] as number)
  if (q !== undefined && q >= 0) return q
  const examples =
    kind === 'dataset'
      ? exampleIds(graph.types, (n) => idOfDataset(graph, n), plain)
      : exampleIds(graph.tasks, (n) => idOfQuantum(graph, n), plain)
  throw new HeddleError('not-in-plan', `nothing makes ${id}`, {
    hint: examples === undefined ? 'see `heddle plan --verbose`' : `there is, for example, ${examples}`,
  })
}

function exampleIds(
  blocks: readonly { readonly first: number; readonly count: number; readonly task?: string; readonly type?: string }[],
  name: (n: number) => string,
  id: string,
): string | undefined {
  const wanted = parseId(id).name
  const block = blocks.find((one) => (one.task ?? one.type) === wanted && one.count > 0)
  return block === undefined ? undefined : name(block.first)
}
