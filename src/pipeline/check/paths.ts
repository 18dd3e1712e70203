/** Paths: of datasets, records and files that count as code. */

import { didYouMean } from '../../model/nearest.ts'
import type { DatasetType, Pipeline, RecordsSource } from '../../model/pipeline.ts'
import { leavesProject, normalPath } from '../project-path.ts'
import type { Reading } from '../reading.ts'
import type { Path } from '../yaml-document.ts'

/** Reports templates that lack a dimension, paths that leave the project or are used twice, and files that are not there. */
export function checkPaths(pipeline: Pipeline, reading: Reading): void {
  for (const dataset of pipeline.datasets) checkTemplate(dataset, pipeline, reading)
  checkTaken(pipeline, reading)
  for (const { name, records } of pipeline.dimensions) checkRecordsFile(records, ['dimensions', name, 'records'], reading)
  for (const { name, records } of pipeline.relations) checkRecordsFile(records, ['relations', name, 'records'], reading)
  for (const task of pipeline.tasks)
    task.files?.forEach((_, index) => checkFile(['tasks', task.name, 'files', index], 'files-missing', reading))
}

function checkTemplate(dataset: DatasetType, pipeline: Pipeline, reading: Reading): void {
  const { document, problems } = reading
  const path = pathOf(dataset.name)
  const declared = reading.file.datasets?.[dataset.name]
  const template = typeof declared === 'string' ? declared : declared?.path
  if (template === undefined) return
  const where = typeof declared === 'string' ? path.slice(0, -1) : path
  const escape = leavesProject(template)
  if (escape !== undefined) {
    problems.error(
      'path-outside',
      document.at(where),
      `the path ${JSON.stringify(template)} ${escape}; expected a path below the project folder`,
    )
  }
  if (template.endsWith('/') && dataset.format !== 'directory') {
    problems.error(
      'path-format',
      document.at(where),
      `the path names a folder, but the format is ${dataset.format}; expected format: directory, or a path without / at the end`,
    )
  }
  const named = new Set<string>()
  for (const [placeholder, inner = ''] of template.matchAll(/\{([^{}]*)\}/g)) {
    const [name = '', column] = inner.split('.')
    if (column === undefined) named.add(name)
    checkPlaceholder({ placeholder, name, column, dataset, pipeline, reading, where })
  }
  if (/[{}]/.test(template.replaceAll(/\{[^{}]*\}/g, ''))) {
    problems.error('path-placeholder', document.at(where), 'a brace of the path has no counterpart; expected {DIMENSION}')
  }
  const lacking = dataset.dimensions.filter((dimension) => !named.has(dimension))
  if (lacking.length > 0) {
    const message = `the path lacks ${lacking.map((dimension) => `{${dimension}}`).join(', ')}, so that several datasets would lie in one file; expected every dimension of ${dataset.name} in it`
    problems.error('path-dimension', document.at(where), message)
  }
}

interface Use {
  readonly placeholder: string
  readonly name: string
  readonly column: string | undefined
  readonly dataset: DatasetType
  readonly pipeline: Pipeline
  readonly reading: Reading
  readonly where: Path
}

function checkPlaceholder({ placeholder, name, column, dataset, pipeline, reading, where }: Use): void {
  const usable = new Set(dataset.dimensions)
  for (const dimension of pipeline.dimensions) if (usable.has(dimension.name)) for (const implied of dimension.implies) usable.add(implied)
  const wrong = (message: string): void => reading.problems.error('path-placeholder', reading.document.within(where, placeholder), message)
  if (!usable.has(name)) {
    const expected = expectedIn(dataset, name, usable, pipeline)
    return wrong(`${placeholder} is no dimension of ${dataset.name}; ${expected}${didYouMean(name, usable)}`)
  }
  if (column === undefined) return
  const columns = metadataOf(pipeline, name)
  if (columns !== undefined && !columns.has(column)) {
    const expected = columns.size === 0 ? `${name} has none` : `expected one of ${[...columns].join(', ')}`
    wrong(`${placeholder} is no metadata of ${name}; ${expected}${didYouMean(column, columns)}`)
  }
}

function expectedIn(dataset: DatasetType, name: string, usable: ReadonlySet<string>, { dimensions }: Pipeline): string {
  if (usable.size > 0) return `expected one of ${[...usable].map((one) => `{${one}}`).join(', ')}`
  const none = `${dataset.name} has no dimensions`
  return dimensions.some((dimension) => dimension.name === name) ? `${none}; write {dimensions: [${name}], path: ${dataset.path}}` : none
}

/** Names of a dimension's metadata; undefined when only its records file knows them. */
function metadataOf({ dimensions }: Pipeline, name: string): Set<string> | undefined {
  const dimension = dimensions.find((one) => one.name === name)
  if (dimension === undefined || dimension.records?.kind === 'file') return undefined
  return new Set([...Object.keys(dimension.metadata), ...(dimension.records?.rows ?? []).flatMap(Object.keys)])
}

function pathOf(dataset: string): Path {
  return ['datasets', dataset, 'path']
}

/** Two dataset types in one file; or a made one in place of what the plan is made from. */
function checkTaken(pipeline: Pipeline, { document, problems }: Reading): void {
  const made = new Set(pipeline.tasks.flatMap((task) => task.outputs.map((output) => output.dataset)))
  const records = [...pipeline.dimensions, ...pipeline.relations].flatMap((one) => (one.records?.kind === 'file' ? one.records.path : []))
  const needed = new Set([normalPath(pipeline.file), ...records])
  const owners = new Map<string, string>()
  for (const { name, path } of pipeline.datasets) {
    if (path === undefined) continue
    const owner = owners.get(path)
    if (owner !== undefined)
      problems.error('path-twice', document.at(pathOf(name)), `${name} has the same path as ${owner}; expected a path of its own`)
    else owners.set(path, name)
    if (made.has(name) && needed.has(path)) {
      problems.error(
        'path-twice',
        document.at(pathOf(name)),
        `${name} is made by a task and would replace ${path}, which the pipeline is read from; expected a path of its own`,
      )
    }
  }
}

function checkRecordsFile(records: RecordsSource | undefined, path: Path, reading: Reading): void {
  if (records?.kind === 'file') checkFile(path, 'records-missing', reading)
}

function checkFile(path: Path, code: 'records-missing' | 'files-missing', { document, problems, source }: Reading): void {
  const written = document.written(path)
  if (written === undefined) return
  const escape = leavesProject(written)
  const kind = escape === undefined ? source.kind(normalPath(written)) : 'absent'
  if (escape !== undefined)
    problems.error(
      'path-outside',
      document.at(path),
      `the path ${JSON.stringify(written)} ${escape}; expected a path below the project folder`,
    )
  else if (kind !== 'file') {
    const found = kind === 'absent' ? 'there is no file' : 'there is a folder'
    problems.error(code, document.at(path), `${found} at ${normalPath(written)}; expected a file of the project`)
  }
}
