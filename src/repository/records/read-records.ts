/** Records of dimensions and relations: from a file or an inline list to a typed table. */
import { extname, resolve } from 'node:path'
import type { Column, Table } from '../../model/catalogue.ts'
import type { Problem } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Dimension, Pipeline, RecordsSource, Relation } from '../../model/pipeline.ts'
import type { ValueType } from '../../model/value.ts'
import { withRequired } from '../data-id-columns.ts'
import { readTextFile } from '../text-file.ts'
import { findDuplicate } from './duplicates.ts'
import type { RawRecords } from './raw-records.ts'
import { readCsv } from './read-csv.ts'
import { readInline, readJsonLines, readJsonList } from './read-json.ts'
import { recordsError, recordsProblem } from './records-error.ts'
import { spanColumn, typedColumn } from './typed-columns.ts'

/** Largest records file, in bytes: the text of a larger one does not fit a string. */
const LIMIT_BYTES = 512 * 1024 * 1024

/** Records of a dimension, or undefined when it has none. Throws `records-…` with file, line and column. */
export function dimensionRecords(pipeline: Pipeline, dimension: Dimension, folder: string): Table | undefined {
  if (dimension.records === undefined) return undefined
  const raw = readRaw(dimension.records, folder, `dimension ${dimension.name}`)
  const own = [dimension.name, 'id', 'name'].find((name) => raw.names.includes(name)) ?? dimension.name
  return table(pipeline, raw, {
    owner: `dimension ${dimension.name}`,
    keys: withRequired(pipeline, [dimension.name]),
    others: withRequired(pipeline, dimension.implies),
    metadata: dimension.metadata,
    fileName: (name) => (name === dimension.name ? own : name),
  })
}

/** Records of a relation: its dimensions with those they require, and metadata. Throws as {@link dimensionRecords}. */
export function relationRecords(pipeline: Pipeline, relation: Relation, folder: string): Table {
  return table(pipeline, readRaw(relation.records, folder, `relation ${relation.name}`), {
    owner: `relation ${relation.name}`,
    keys: withRequired(pipeline, relation.dimensions),
    apart: pipeline.dimensions.map(({ name }) => `after_${name}`),
    others: [],
    metadata: relation.metadata,
    fileName: (name) => name,
  })
}

interface Expected {
  /** For messages. */
  readonly owner: string
  /** Dimensions that make a record: none may be NULL, no combination twice. */
  readonly keys: readonly string[]
  /** Further columns that keep records with the same key apart: `after_DIMENSION` of a relation that `after:` goes by. */
  readonly apart?: readonly string[]
  /** Dimensions that must have a column, which may hold NULL. */
  readonly others: readonly string[]
  readonly metadata: Readonly<Record<string, ValueType>>
  /** A dimension's name in the file. */
  readonly fileName: (dimension: string) => string
}

function table(pipeline: Pipeline, raw: RawRecords, expected: Expected): Table {
  const problems: Problem[] = []
  const columns: Column[] = []
  const seen = new Set<string>()
  const types = new Map(pipeline.dimensions.map((dimension) => [dimension.name, dimension.type]))
  for (const name of new Set([...expected.keys, ...expected.others])) {
    const from = expected.fileName(name)
    seen.add(from)
    if (!requireColumn(raw, from, expected.owner, problems)) continue
    columns.push(typedColumn(raw, { from, name, type: types.get(name), required: expected.keys.includes(name) }, problems))
  }
  for (const [name, type] of Object.entries(expected.metadata)) {
    if (seen.has(name)) continue
    seen.add(name)
    const split =
      type === 'timespan' && !raw.names.includes(name) && raw.names.includes(`${name}_begin`) && raw.names.includes(`${name}_end`)
    if (split) {
      seen.add(`${name}_begin`).add(`${name}_end`)
      columns.push(spanColumn(raw, name, problems))
    } else if (requireColumn(raw, name, expected.owner, problems)) {
      columns.push(typedColumn(raw, { from: name, name, type, required: false }, problems))
    }
  }
  for (const name of raw.names) {
    if (seen.has(name)) continue
    columns.push(typedColumn(raw, { from: name, name, type: types.get(name), required: false }, problems))
  }
  if (problems.length > 0) throw recordsError(problems)
  refuseDuplicates(raw, columns, expected)
  return { rows: raw.rows, columns }
}

function requireColumn(raw: RawRecords, name: string, owner: string, problems: Problem[]): boolean {
  if (raw.names.includes(name)) return true
  // No record, no column: an empty inline list or JSON file says nothing about its columns.
  const at = raw.locate(-1)
  const has = raw.names.length === 0 ? 'there are none' : `there are ${raw.names.join(', ')}`
  if (raw.rows > 0 || raw.cells === 'text') {
    problems.push(
      recordsProblem(at, 'records-column', `${owner} needs a column ${JSON.stringify(name)}; ${has}${didYouMean(name, raw.names)}`),
    )
  }
  return false
}

function refuseDuplicates(raw: RawRecords, columns: readonly Column[], expected: Expected): void {
  const keys = columns.filter(({ name }) => expected.keys.includes(name) || expected.apart?.includes(name) === true)
  const duplicate = findDuplicate(keys, raw.rows)
  if (duplicate === undefined) return
  const [first, second] = duplicate
  const key = expected.keys.at(-1) as string
  const what = keys.map((column) => `${column.name}=${String(column.values[second])}`).join(', ')
  const before = raw.label(first).replace(': ', '') || `line ${raw.locate(first).line}`
  const message = `${expected.owner} has ${what} twice; it stands in ${before} already`
  throw recordsError([recordsProblem(raw.locate(second, expected.fileName(key)), 'records-duplicate', message)])
}

function readRaw(source: RecordsSource, folder: string, owner: string): RawRecords {
  if (source.kind === 'inline') return readInline(source.rows, source.at)
  const text = readTextFile(resolve(folder, source.path), source.path, LIMIT_BYTES)
  if (text === undefined) {
    throw recordsError([recordsProblem(source.at, 'records-missing', `${owner} has its records in ${source.path}, which does not exist`)])
  }
  const read = READERS[extname(source.path).toLowerCase()]
  if (read === undefined) {
    const known = Object.keys(READERS).join(', ')
    throw recordsError([recordsProblem(source.at, 'records-kind', `${source.path} is no known kind of records file; expected ${known}`)])
  }
  return read(text, source.path)
}

const READERS: Readonly<Record<string, (text: string, file: string) => RawRecords>> = {
  '.csv': readCsv,
  '.json': (text, file) => readJsonList(text.replace(/^\ufeff/, ''), file),
  '.jsonl': (text, file) => readJsonLines(text.replace(/^\ufeff/, ''), file),
  '.ndjson': (text, file) => readJsonLines(text.replace(/^\ufeff/, ''), file),
}
