/**
 * Fingerprints of quanta: SHA-256 of the canonical JSON of `{"depends", "input", "operation"}` (design.md section 5).
 *
 * `depends` lists, by connection name, the digest of a single input or the ordered [data ID, digest] pairs of a gathered
 * one; `input` is configuration and the whole data ID; `operation` is what the body is. Names of tasks and datasets are
 * nowhere in it. The text is put together from fragments that are made once a task and once a dimension value.
 */
import { hash } from 'node:crypto'
import { canonicalJson, canonicalString } from '../../model/canonical.ts'
import { blockOf, type DataIdColumns, dataIdAt, type Edges, type QuantumGraph, type TaskBlock } from '../../model/graph.ts'
import { IDENTITY } from '../../model/history.ts'
import type { DataId } from '../../model/ids.ts'
import type { Pipeline, Task } from '../../model/pipeline.ts'
import type { IdentityMaker, TaskIdentity } from '../../model/plan.ts'
import { compareCodePoints, type Value } from '../../model/value.ts'
import type { Skeleton } from '../graph/flatten.ts'
import { idOfQuantum } from '../graph/naming.ts'
import { taskNumbers } from '../graph/prune.ts'

/** Makes identities of a graph's quanta. `tasks` and `identities` are parallel to the graph's task blocks. */
export function identityMaker(
  graph: Skeleton,
  pipeline: Pipeline,
  tasks: readonly Task[],
  identities: readonly TaskIdentity[],
): IdentityMaker & {
  planned(inputDigests: Uint8Array): Uint8Array
  /** What quanta of two tasks must have in common, beside data IDs and inputs, to be the same work; equal for twins. */
  kindOf(t: number): string
} {
  const taskOf = taskNumbers(graph)
  const texts = new DataIdTexts(graph)
  const format = new Map(pipeline.datasets.map((type) => [type.name, type.format]))
  const fixed = graph.tasks.map((block, t) => fixedParts(block, format, tasks[t] as Task, identities[t] as TaskIdentity))
  const typeOf = typeNumbers(graph)

  const depends = (q: number, identityOf: (d: number) => string | undefined): string => {
    const t = taskOf[q] as number
    const i = q - (graph.tasks[t] as TaskBlock).first
    let text = ''
    for (const { edges, name } of (fixed[t] as FixedParts).inputs) {
      if (text !== '') text += ','
      text += `[${name},${edges.gathers ? gathered(edges, i, identityOf) : single(edges, i, identityOf)}]`
    }
    return text
  }
  const gathered = (edges: Edges, i: number, identityOf: (d: number) => string | undefined): string => {
    let text = ''
    for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) {
      const d = edges.targets[k] as number
      const identity = identityOf(d)
      if (identity === undefined) continue
      const block = graph.types[typeOf[d] as number] as QuantumGraph['types'][number]
      text += `${text === '' ? '' : ','}[${texts.of(block, d - block.first)},"${identity}"]`
    }
    return `[${text}]`
  }
  const single = (edges: Edges, i: number, identityOf: (d: number) => string | undefined): string => {
    const at = edges.offsets[i] as number
    const identity = at < (edges.offsets[i + 1] as number) ? identityOf(edges.targets[at] as number) : undefined
    return identity === undefined ? 'null' : `"${identity}"`
  }
  const whole = (q: number, dependsText: string): string => {
    const t = taskOf[q] as number
    const block = graph.tasks[t] as TaskBlock
    const { before, after } = fixed[t] as FixedParts
    return `{"depends":[${dependsText}${before}${texts.of(block, q - block.first)}${outputsText(graph, q)}${after}`
  }
  const reader = (digests: Uint8Array, exists: Uint8Array): ((d: number) => string | undefined) => {
    const buffer = Buffer.from(digests.buffer, digests.byteOffset, digests.byteLength)
    return (d) => (exists[d] === 1 ? buffer.toString('hex', d * 32, d * 32 + 32) : undefined)
  }

  return {
    content(q, digests, exists, target, at) {
      target.set(hash('sha256', whole(q, depends(q, reader(digests, exists))), 'buffer'), at)
    },
    write(q, digests, exists, target, at) {
      const dependsText = depends(q, reader(digests, exists))
      const parts = fixed[taskOf[q] as number] as FixedParts
      target.set(hash('sha256', whole(q, dependsText), 'buffer'), at + IDENTITY.content)
      target.set(quantumKey(graph, q), at + IDENTITY.key)
      target.set(parts.code, at + IDENTITY.code)
      target.set(parts.config, at + IDENTITY.config)
      target.set(hash('sha256', dependsText, 'buffer').subarray(0, 8), at + IDENTITY.inputs)
      target.set(parts.environment, at + IDENTITY.environment)
    },
    kindOf: (t) => {
      const { before, after } = fixed[t] as FixedParts
      return `${graph.tasks[t]?.dimensions.join()} ${before} ${after}`
    },
    planned(inputDigests) {
      return plannedFingerprints(graph, inputDigests, (q, identityOf) => whole(q, depends(q, identityOf)), texts, typeOf)
    },
  }
}

/**
 * What finds the executions of a quantum: the first 8 bytes of the SHA-256 of its id, and of which outputs it makes where
 * these are several of one connection. An execution that made others cannot stand in, since outputs are told apart by place.
 */
export function quantumKey(graph: Skeleton, q: number): Uint8Array {
  return keyOfId(idOfQuantum(graph, q), outputsText(graph, q))
}

/** The same of an id, and of {@link outputsText}. */
export function keyOfId(id: string, outputs: string): Uint8Array {
  return hash('sha256', id + outputs, 'buffer').subarray(0, 8)
}

interface FixedParts {
  readonly inputs: readonly { readonly edges: Edges; readonly name: string }[]
  readonly before: string
  readonly after: string
  readonly code: Uint8Array
  readonly config: Uint8Array
  readonly environment: Uint8Array
}

function fixedParts(block: TaskBlock, format: ReadonlyMap<string, string>, task: Task, identity: TaskIdentity): FixedParts {
  const formats = (role: 'input' | 'output'): Record<string, string> =>
    Object.fromEntries(
      (role === 'output' ? task.outputs : [...task.inputs, ...task.prerequisites]).map(({ name, dataset }) => [
        name,
        format.get(dataset) as string,
      ]),
    )
  const operation = canonicalJson([task.body.kind, identity.code, identity.environment, formats('input'), formats('output')])
  const config = canonicalJson(identity.config)
  const eight = (text: string): Uint8Array => hash('sha256', text, 'buffer').subarray(0, 8)
  return {
    inputs: block.edges
      .filter(({ role }) => role !== 'output')
      .map((edges) => ({ edges, name: canonicalString(edges.connection) }))
      .sort((a, b) => compareCodePoints(a.edges.connection, b.edges.connection)),
    before: `],"input":{"config":${config},"dataId":`,
    after: `},"operation":${operation}}`,
    code: eight(canonicalJson([task.body.kind, identity.code, formats('input'), formats('output')])),
    config: eight(config),
    environment: eight(canonicalJson(identity.environment)),
  }
}

/** `,"outputs":{CONNECTION:[DATA ID, …]}` of a quantum that makes several datasets by one connection; else nothing. */
export function outputsText(graph: Skeleton, q: number): string {
  const task = blockOf(graph.tasks, q)
  const several = task.edges.filter(({ role, gathers }) => role === 'output' && gathers)
  if (several.length === 0) return ''
  const i = q - task.first
  const dataIdOf = (d: number): DataId => {
    const type = blockOf(graph.types, d)
    return dataIdAt(graph, type, d - type.first)
  }
  const made = several.map(({ connection, offsets, targets }) => [
    connection,
    [...targets.subarray(offsets[i], offsets[i + 1])].map(dataIdOf),
  ])
  return `,"outputs":${canonicalJson(Object.fromEntries(made))}`
}

/** Canonical JSON of data IDs, put together from a fragment for each dimension value. */
class DataIdTexts {
  readonly #graph: Pick<QuantumGraph, 'dimensions'>
  readonly #fragments: (string[] | undefined)[] = []
  readonly #orders = new Map<DataIdColumns, number[]>()

  constructor(graph: Pick<QuantumGraph, 'dimensions'>) {
    this.#graph = graph
  }

  of(block: DataIdColumns, i: number): string {
    let order = this.#orders.get(block)
    if (order === undefined) {
      const name = (k: number): string => this.#graph.dimensions[block.dimensions[k] as number]?.name as string
      order = block.dimensions.map((_, k) => k).sort((a, b) => compareCodePoints(name(a), name(b)))
      this.#orders.set(block, order)
    }
    let text = ''
    for (const k of order) {
      const fragment = this.#of(block.dimensions[k] as number)[(block.columns[k] as Int32Array)[i] as number] as string
      text = text === '' ? fragment : `${text},${fragment}`
    }
    return `{${text}}`
  }

  #of(d: number): string[] {
    let fragments = this.#fragments[d]
    if (fragments === undefined) {
      const { name, values } = this.#graph.dimensions[d] as QuantumGraph['dimensions'][number]
      fragments = values.map((value: Value) => `${canonicalString(name)}:${canonicalJson(value)}`)
      this.#fragments[d] = fragments
    }
    return fragments
  }
}

function typeNumbers(graph: Skeleton): Uint16Array {
  const numbers = new Uint16Array(graph.datasets)
  graph.types.forEach((type, t) => {
    numbers.fill(t, type.first, type.first + type.count)
  })
  return numbers
}

function plannedFingerprints(
  graph: Skeleton,
  inputDigests: Uint8Array,
  textOf: (q: number, identityOf: (d: number) => string | undefined) => string,
  texts: DataIdTexts,
  typeOf: Uint16Array,
): Uint8Array {
  const planned = Buffer.alloc(32 * graph.quanta)
  const inputs = Buffer.from(inputDigests.buffer, inputDigests.byteOffset, inputDigests.byteLength)
  const slots = outputSlots(graph)
  const order = (graph as QuantumGraph).order
  const identityOf = (d: number): string => {
    const producer = graph.producer[d] as number
    if (producer >= 0) return `${planned.toString('hex', producer * 32, producer * 32 + 32)}#${slots[d]}`
    const known = inputs.toString('hex', d * 32, d * 32 + 32)
    // An input that is only assumed to come has no content yet; its data ID stands in for it.
    return /[^0]/.test(known)
      ? known
      : `assumed ${texts.of(graph.types[typeOf[d] as number] as QuantumGraph['types'][number], d - (graph.types[typeOf[d] as number]?.first as number))}`.replaceAll(
          '"',
          "'",
        )
  }
  for (const q of order) planned.set(hash('sha256', textOf(q, identityOf), 'buffer'), q * 32)
  return planned
}

/** Place of each dataset among its producer's outputs: connections in order, datasets within. */
export function outputSlots(graph: Skeleton): Uint32Array {
  const slots = new Uint32Array(graph.datasets)
  for (const task of graph.tasks) {
    for (let i = 0; i < task.count; i++) {
      let slot = 0
      for (const edges of task.edges) {
        if (edges.role !== 'output') continue
        for (let k = edges.offsets[i] as number; k < (edges.offsets[i + 1] as number); k++) slots[edges.targets[k] as number] = slot++
      }
    }
  }
  return slots
}
