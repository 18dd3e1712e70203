/**
 * The graph file: compact, versioned, checked, readable in part.
 *
 *   offset 0   "HEDDLEQG"              8 bytes
 *          8   version                 uint32, little-endian
 *         12   length of the header    uint32
 *         16   SHA-256 of the header   32 bytes
 *         48   header                  JSON: names, blocks, and a table of sections
 *          …   sections                each begins at a multiple of 8 and ends at the next one's beginning
 *
 * A section is a little-endian array of integers, bytes, or JSON; the header has its offset, length (padding included)
 * and SHA-256. Whoever wants one task reads the header and that task's sections.
 */
import { sha256 } from '../../model/canonical.ts'
import { HeddleError } from '../../model/errors.ts'
import type { Edges, QuantumGraph, TaskBlock, TypeBlock } from '../../model/graph.ts'
import type { Json, Value, ValueType } from '../../model/value.ts'

const MAGIC = 'HEDDLEQG'
const VERSION = 1
const HEADER_AT = 48

type Section = readonly [offset: number, length: number, digest: string, bytes: number]

interface EdgesHeader {
  readonly connection: string
  readonly role: Edges['role']
  readonly gathers: boolean
  readonly minimum: number
  readonly offsets: number
  readonly targets: number
}

interface BlockHeader {
  readonly name: string
  readonly first: number
  readonly count: number
  readonly dimensions: readonly number[]
  readonly columns: readonly number[]
  readonly edges: readonly EdgesHeader[]
}

interface Header {
  readonly pipeline: string
  readonly quanta: number
  readonly datasets: number
  readonly edges: number
  readonly dimensions: readonly { readonly name: string; readonly type: ValueType; readonly values: number }[]
  readonly tasks: readonly BlockHeader[]
  readonly types: readonly BlockHeader[]
  readonly columns: Readonly<Record<'producer' | 'order' | 'afterOffsets' | 'afterTargets' | 'inputDigests', number>>
  readonly planned: number | null
  readonly about: Json
  readonly sections: readonly Section[]
}

/** A graph read back, and what was said about it. */
export interface GraphFile {
  readonly graph: QuantumGraph
  readonly about: Json
}

/** Bytes of a graph file. `about` is anything worth keeping with it; `planned` adds planned fingerprints. */
export function encodeGraph(graph: QuantumGraph, about: Json, planned: boolean): Uint8Array {
  const parts: Uint8Array[] = []
  const put = (array: Uint8Array | Int32Array | Uint32Array): number => {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return parts.length - 1
  }
  const block = (one: TaskBlock | TypeBlock): BlockHeader => ({
    name: 'task' in one ? one.task : one.type,
    first: one.first,
    count: one.count,
    dimensions: one.dimensions,
    columns: one.columns.map(put),
    edges: 'task' in one ? one.edges.map((edges) => ({ ...edges, offsets: put(edges.offsets), targets: put(edges.targets) })) : [],
  })
  const header: Omit<Header, 'sections'> = {
    pipeline: graph.pipeline,
    quanta: graph.quanta,
    datasets: graph.datasets,
    edges: graph.edges,
    dimensions: graph.dimensions.map(({ name, type, values }) => ({
      name,
      type,
      values: put(new TextEncoder().encode(JSON.stringify(values, writeValue))),
    })),
    tasks: graph.tasks.map(block),
    types: graph.types.map(block),
    columns: {
      producer: put(graph.producer),
      order: put(graph.order),
      afterOffsets: put(graph.afterOffsets),
      afterTargets: put(graph.afterTargets),
      inputDigests: put(graph.inputDigests),
    },
    planned: planned ? put(graph.planned) : null,
    about,
  }
  return layOut(header, parts)
}

function layOut(header: Omit<Header, 'sections'>, parts: readonly Uint8Array[]): Uint8Array {
  const padded = parts.map((part) => Math.ceil(part.length / 8) * 8)
  const starts: number[] = [0]
  for (const length of padded) starts.push((starts.at(-1) as number) + length)
  const body = new Uint8Array(starts.at(-1) as number)
  parts.forEach((part, i) => {
    body.set(part, starts[i])
  })
  // Offsets count from the end of the header, whose own length they must not change.
  const sections = parts.map(
    (part, i): Section => [starts[i] as number, padded[i] as number, sha256(body.subarray(starts[i], starts[i + 1])), part.length],
  )
  const text = JSON.stringify({ ...header, sections })
  const json = new TextEncoder().encode(text + ' '.repeat((8 - (new TextEncoder().encode(text).length % 8)) % 8))
  const file = new Uint8Array(HEADER_AT + json.length + body.length)
  file.set(new TextEncoder().encode(MAGIC), 0)
  new DataView(file.buffer).setUint32(8, VERSION, true)
  new DataView(file.buffer).setUint32(12, json.length, true)
  file.set(Buffer.from(sha256(json), 'hex'), 16)
  file.set(json, HEADER_AT)
  file.set(body, HEADER_AT + json.length)
  return file
}

/** Reads a whole graph file. Throws `graph-damaged` when any byte is not as it was written, `graph-newer` for a later version. */
export function decodeGraph(file: Uint8Array, name: string): GraphFile {
  const { header, bodyAt } = readHeader(file, name)
  const section = (i: number): Uint8Array => {
    const [offset, length, digest, bytes] = header.sections[i] as Section
    const part = file.subarray(bodyAt + offset, bodyAt + offset + length)
    if (part.length !== length || sha256(part) !== digest) throw damaged(name, `section ${i} is not as it was written`)
    // A copy is aligned for typed arrays whatever the file's own alignment in memory; a Buffer's own slice would not copy.
    return Uint8Array.prototype.slice.call(part, 0, bytes)
  }
  const last = header.sections.at(-1)
  if (last !== undefined && file.length !== bodyAt + last[0] + last[1])
    throw damaged(name, `it has ${file.length} bytes instead of ${bodyAt + last[0] + last[1]}`)
  const i32 = (i: number): Int32Array => new Int32Array(section(i).buffer)
  const u32 = (i: number): Uint32Array => new Uint32Array(section(i).buffer)
  const base = (block: BlockHeader): Omit<TypeBlock, 'type'> => ({
    first: block.first,
    count: block.count,
    dimensions: block.dimensions,
    columns: block.columns.map(i32),
  })
  const plannedSection = header.planned
  const graph: QuantumGraph = {
    pipeline: header.pipeline,
    quanta: header.quanta,
    datasets: header.datasets,
    edges: header.edges,
    dimensions: header.dimensions.map(({ name: dimension, type, values }) => ({
      name: dimension,
      type,
      values: JSON.parse(new TextDecoder().decode(section(values)), readValue) as Value[],
    })),
    tasks: header.tasks.map((block) => ({
      task: block.name,
      ...base(block),
      edges: block.edges.map((edges) => ({ ...edges, offsets: u32(edges.offsets), targets: u32(edges.targets) })),
    })),
    types: header.types.map((block) => ({ type: block.name, ...base(block) })),
    producer: i32(header.columns.producer),
    order: u32(header.columns.order),
    afterOffsets: u32(header.columns.afterOffsets),
    afterTargets: u32(header.columns.afterTargets),
    inputDigests: section(header.columns.inputDigests),
    planned: plannedSection === null ? new Uint8Array(0) : section(plannedSection),
  }
  return { graph, about: header.about }
}

function readHeader(file: Uint8Array, name: string): { header: Header; bodyAt: number } {
  if (file.length < HEADER_AT || new TextDecoder().decode(file.subarray(0, 8)) !== MAGIC)
    throw damaged(name, 'it is no graph file, or it was cut')
  const view = new DataView(file.buffer, file.byteOffset)
  const version = view.getUint32(8, true)
  if (version !== VERSION) {
    throw new HeddleError('graph-newer', `${name} is a graph file of version ${version}; this Heddle reads version ${VERSION}`, {
      hint: 'plan again with this Heddle',
    })
  }
  const length = view.getUint32(12, true)
  const json = file.subarray(HEADER_AT, HEADER_AT + length)
  if (json.length !== length || sha256(json) !== Buffer.from(file.subarray(16, HEADER_AT)).toString('hex'))
    throw damaged(name, 'its header is not as it was written')
  return { header: JSON.parse(new TextDecoder().decode(json)) as Header, bodyAt: HEADER_AT + length }
}

function damaged(name: string, why: string): HeddleError {
  return new HeddleError('graph-damaged', `${name} cannot be used: ${why}`, { hint: 'plan again with `heddle plan --save FILE`' })
}

function writeValue(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { $int: String(value) } : value
}

function readValue(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$int' in value && typeof value.$int === 'string' ? BigInt(value.$int) : value
}
