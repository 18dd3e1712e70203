/** Dimensions and relations from their part of the file. */
import type { Dimension, RecordsSource, Relation } from '../../model/pipeline.ts'
import { plainJson } from '../../model/plain-json.ts'
import type { Json, Value } from '../../model/value.ts'
import type { DimensionFile, RecordsFile } from '../file.ts'
import { normalPath } from '../project-path.ts'
import type { Reading } from '../reading.ts'
import type { Path } from '../yaml-document.ts'

/** Dimensions in declaration order. */
export function buildDimensions({ file, document }: Reading): Dimension[] {
  return Object.entries(file.dimensions ?? {}).map(([name, declared]) => {
    const full: DimensionFile = typeof declared === 'string' ? { type: declared } : (declared ?? {})
    return {
      name,
      type: full.type ?? 'string',
      records: full.records === undefined ? undefined : buildRecords(full.records, name, ['dimensions', name, 'records'], document),
      metadata: { ...full.metadata },
      requires: full.requires ?? [],
      implies: full.implies ?? [],
      ordered: full.ordered ?? false,
      governor: full.governor ?? false,
      default: (full.default ?? null) as Value,
      description: full.description,
      at: document.at(['dimensions', name], 'key'),
    }
  })
}

/** Relations in declaration order. */
export function buildRelations({ file, document }: Reading): Relation[] {
  const via = relationsNamedByVia(file.tasks ?? {})
  return Object.entries(file.relations ?? {}).map(([name, declared]) => ({
    name,
    dimensions: declared.dimensions,
    metadata: { ...declared.metadata },
    records: buildRecords(declared.records, undefined, ['relations', name, 'records'], document),
    viaOnly: via.has(name),
    at: document.at(['relations', name], 'key'),
  }))
}

function buildRecords(records: RecordsFile, own: string | undefined, path: Path, document: Reading['document']): RecordsSource {
  const at = document.at(path)
  if (typeof records === 'string') return { kind: 'file', path: normalPath(records), at }
  const row = (item: Json): Record<string, Json> =>
    own === undefined || (typeof item === 'object' && item !== null) ? (plainJson(item) as Record<string, Json>) : { [own]: item }
  return { kind: 'inline', rows: records.map(row), at }
}

function relationsNamedByVia(tasks: NonNullable<Reading['file']['tasks']>): Set<string> {
  const named = new Set<string>()
  for (const task of Object.values(tasks)) {
    const connections = [task.inputs, task.prerequisites, task.outputs].flatMap((group) => Object.values(group ?? {}))
    for (const from of [...connections, ...(task.after ?? [])]) if (typeof from === 'object' && from.via !== undefined) named.add(from.via)
  }
  return named
}

/** Names of dimensions, closed under `requires`, in declaration order; unknown names are left out. */
export function closeDimensions(names: readonly string[], dimensions: readonly Dimension[]): string[] {
  const byName = new Map(dimensions.map((dimension) => [dimension.name, dimension]))
  const closed = new Set<string>()
  const add = (name: string): void => {
    if (closed.has(name) || !byName.has(name)) return
    closed.add(name)
    byName.get(name)?.requires.forEach(add)
  }
  names.forEach(add)
  return dimensions.filter((dimension) => closed.has(dimension.name)).map((dimension) => dimension.name)
}
