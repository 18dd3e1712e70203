/** Registers files as datasets: where they lie, or copied into the store. */
import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { HeddleError } from '../model/errors.ts'
import { type DataId, formatId } from '../model/ids.ts'
import { didYouMean } from '../model/nearest.ts'
import type { DatasetType, Pipeline } from '../model/pipeline.ts'
import { shownValue } from '../model/time.ts'
import type { Value, ValueType } from '../model/value.ts'
import { withRequired } from './data-id-columns.ts'
import { dataIdText } from './data-id-text.ts'
import type { FileDigests } from './digests/file-digests.ts'
import type { ObjectStore } from './objects/object-store.ts'
import { cellReader, EXPECTED } from './records/cell-types.ts'
import { statIfThere } from './stat-if-there.ts'
import { pathMatcher } from './templates/match-path.ts'
import { parseTemplate } from './templates/template.ts'
import { inTransaction } from './transaction.ts'

/** What to register. */
export interface IngestRequest {
  /** Dataset type that no task makes. */
  readonly type: string
  /** As the user named them: absolute, or below `from`. */
  readonly files: readonly string[]
  /** The folder that relative names are meant from. */
  readonly from: string
  /** The data ID of a single file, as text by dimension; undefined: it stands in the paths. */
  readonly dataId: Readonly<Record<string, string>> | undefined
  /** Where it stands in them, matched against their last segments; undefined: as in the dataset type's `path:`. */
  readonly template: string | undefined
  /** Into the store, so that the files may go away. */
  readonly copy: boolean
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A dataset as it was registered. */
export interface Ingested {
  readonly id: string
  readonly dataId: DataId
  /** Below the project folder, or absolute outside it. */
  readonly path: string
  readonly digest: string
  readonly size: number
  /** Whether other content was registered there before. */
  readonly replaced: boolean
}

/** The repository that takes them. */
export interface IngestTarget {
  readonly folder: string
  readonly pipeline: Pipeline
  readonly database: DatabaseSync
  readonly objects: ObjectStore
  readonly digests: FileDigests
}

/** Registers all of the files or none. Throws `ingest-…` naming the file that it cannot take. */
export function ingest(target: IngestTarget, request: IngestRequest): readonly Ingested[] {
  const type = typeToIngest(target.pipeline, request.type)
  const dimensions = dimensionsOf(target.pipeline, type)
  const dataIdOf = request.dataId === undefined ? dataIdsFromPaths(type, dimensions, request) : givenDataId(type, dimensions, request)
  const seen = new Map<string, string>()
  const planned = request.files.map((file) => {
    const absolute = existingFile(resolve(request.from, file), file, type)
    const dataId = dataIdOf(file)
    const id = formatId(type.name, Object.fromEntries(dimensions.map((one) => [one.name, shownValue(dataId[one.name] ?? null, one.type)])))
    const other = seen.get(id)
    if (other !== undefined) throw new HeddleError('dataset-twice', `${other} and ${file} would both be ${id}`)
    seen.set(id, file)
    return { absolute, dataId, id }
  })
  const find = target.database.prepare('SELECT digest FROM ingested WHERE type = ? AND dataId = ?')
  const ingested = planned.map(({ absolute, dataId, id }): Ingested => {
    const before = find.get(type.name, dataIdText(dataId)) as { readonly digest: string } | undefined
    const content = register(target, absolute, request.copy)
    return { id, dataId, ...content, replaced: before !== undefined && before.digest !== content.digest }
  })
  inTransaction(target.database, () => {
    const insert = target.database.prepare(
      'INSERT OR REPLACE INTO ingested (type, dataId, path, digest, size, at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    for (const row of ingested) insert.run(type.name, dataIdText(row.dataId), row.path, row.digest, row.size, request.at)
    target.digests.flush()
  })
  return ingested
}

interface TypedDimension {
  readonly name: string
  readonly type: ValueType
}

function typeToIngest(pipeline: Pipeline, name: string): DatasetType {
  const type = pipeline.datasets.find((candidate) => candidate.name === name)
  if (type === undefined) {
    const known = pipeline.datasets.map((candidate) => candidate.name)
    throw new HeddleError('unknown-dataset', `there is no dataset type ${JSON.stringify(name)}${didYouMean(name, known)}`)
  }
  const maker = pipeline.tasks.find((task) => task.outputs.some((output) => output.dataset === name))
  if (maker !== undefined)
    throw new HeddleError('ingest-made', `datasets of type ${name} are made by task ${maker.name}; only overall inputs can be registered`)
  return type
}

function dimensionsOf(pipeline: Pipeline, type: DatasetType): TypedDimension[] {
  const names = withRequired(pipeline, type.dimensions)
  return pipeline.dimensions.filter((dimension) => names.includes(dimension.name))
}

function givenDataId(type: DatasetType, dimensions: readonly TypedDimension[], request: IngestRequest): () => DataId {
  const given = request.dataId ?? {}
  if (request.files.length !== 1)
    throw new HeddleError('ingest-data-id', `one data ID is given for ${request.files.length} files; expected one file, or a template`)
  const names = dimensions.map((dimension) => dimension.name)
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new HeddleError(
      'ingest-data-id',
      `${type.name} has no dimension ${JSON.stringify(unknown)}; it has ${names.join(', ') || 'none'}${didYouMean(unknown, names)}`,
    )
  }
  const dataId = Object.fromEntries(dimensions.map((dimension) => [dimension.name, valueOfText(dimension, given[dimension.name])]))
  return () => dataId
}

function valueOfText(dimension: TypedDimension, text: string | undefined): Value {
  if (text === undefined || text === '') throw new HeddleError('ingest-data-id', `the data ID lacks ${dimension.name}`)
  const value = cellReader(dimension.type, 'text')(text)
  if (value === undefined)
    throw new HeddleError('ingest-data-id', `${dimension.name} is ${JSON.stringify(text)}; expected ${EXPECTED[dimension.type]}`)
  return value
}

function dataIdsFromPaths(type: DatasetType, dimensions: readonly TypedDimension[], request: IngestRequest): (file: string) => DataId {
  const text = request.template ?? type.path
  if (text === undefined) {
    if (dimensions.length === 0 && request.files.length === 1) return () => ({})
    throw new HeddleError('ingest-data-id', `nothing tells the data IDs of these files: ${type.name} has no path:`, {
      hint: `give --template with ${dimensions.map(({ name }) => `{${name}}`).join(' and ')} in it, or the data ID of a single file`,
    })
  }
  const template = parseTemplate(text.replace(/^\/+/, ''))
  const typeOf = (name: string) => dimensions.find((dimension) => dimension.name === name)?.type ?? 'string'
  const match = pathMatcher(
    template,
    template.fields.map((field) => (field.metadata === undefined ? typeOf(field.dimension) : 'string')),
  )
  const missing = dimensions.find(({ name }) => !template.fields.some((field) => field.text === name))
  if (missing !== undefined)
    throw new HeddleError(
      'ingest-data-id',
      `the template ${JSON.stringify(text)} does not tell ${missing.name}; put {${missing.name}} into it`,
    )
  return (file) => {
    const values = match(resolve(request.from, file))
    if (values === undefined) throw new HeddleError('ingest-path', `${file} does not match the template ${JSON.stringify(text)}`)
    return Object.fromEntries(
      dimensions.map(({ name }) => [name, values[template.fields.findIndex((field) => field.text === name)] ?? null]),
    )
  }
}

function existingFile(absolute: string, shown: string, type: DatasetType): string {
  const stat = statIfThere(absolute)
  if (stat === undefined) throw new HeddleError('ingest-file', `there is no file ${shown}`)
  if (stat.isDirectory() !== (type.format === 'directory')) {
    throw new HeddleError(
      'ingest-file',
      `${shown} is a ${stat.isDirectory() ? 'folder' : 'file'}; datasets of type ${type.name} are ${type.format === 'directory' ? 'folders' : 'files'}`,
    )
  }
  return absolute
}

function register(
  target: IngestTarget,
  absolute: string,
  copy: boolean,
): { readonly path: string; readonly digest: string; readonly size: number } {
  if (copy) {
    const stored = target.objects.putCopy(absolute)
    return { ...stored, path: relative(target.folder, target.objects.path(stored.digest)) }
  }
  const path = projectPath(target.folder, absolute)
  if (path.split('/')[0] === '.heddle')
    throw new HeddleError('ingest-file', `${path} belongs to Heddle; register a file outside .heddle, or copy it`)
  const content = target.digests.digest(path)
  if (content === undefined) throw new HeddleError('ingest-file', `${absolute} went away while it was read`)
  return { ...content, path }
}

/** Below the project folder if it lies there, even when the folder is named through a link. */
function projectPath(folder: string, absolute: string): string {
  for (const root of [folder, realpathSync(folder)]) {
    const path = relative(root, absolute)
    if (!path.startsWith('..') && !isAbsolute(path)) return path
  }
  return absolute
}
