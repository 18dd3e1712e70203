/** Finds the files that a path template names: expansion read the other way. */
import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Value, ValueType } from '../../model/value.ts'
import { isAbsent } from '../file-errors.ts'
import { statIfThere } from '../stat-if-there.ts'
import { bind, type SegmentPattern, segmentPattern, valueReader } from './segment-pattern.ts'
import type { PathTemplate } from './template.ts'

/** What a template's last segment names. */
export type Wanted = 'file' | 'directory'

/** Paths found, sorted folder by folder, and the values in them: one list a field. */
export interface Discovered {
  readonly paths: readonly string[]
  readonly values: readonly (readonly Value[])[]
}

/**
 * Walks the folders that the template names and matches typed values: `02012` is no int, since it would not expand to itself.
 * Where several readings of one name are possible, earlier fields take as much as they can.
 */
export function discover(folder: string, template: PathTemplate, types: readonly ValueType[], wanted: Wanted): Discovered {
  const patterns = template.segments.map((parts) => segmentPattern(parts, types))
  const paths: string[] = []
  const values: Value[][] = types.map(() => [])
  const readers = types.map(valueReader)
  const bound: (string | undefined)[] = types.map(() => undefined)

  const keep = (path: string): void => {
    const row = bound.map((text, field) => (readers[field] as (text: string) => Value | undefined)(text as string))
    if (row.includes(undefined)) return
    paths.push(path)
    row.forEach((value, field) => (values[field] as Value[]).push(value as Value))
  }

  const walk = (at: number, path: string): void => {
    const pattern = patterns[at] as SegmentPattern
    const last = at === patterns.length - 1
    if (pattern.regexp === undefined) {
      const next = path === '' ? pattern.literal : `${path}/${pattern.literal}`
      if (!last) walk(at + 1, next)
      else if (isWanted(join(folder, next), wanted)) keep(next)
      return
    }
    for (const entry of entries(join(folder, path))) {
      const found = pattern.hidesDots && entry.name.startsWith('.') ? null : pattern.regexp.exec(entry.name)
      if (found === null) continue
      const next = path === '' ? entry.name : `${path}/${entry.name}`
      const before = [...bound]
      const agrees = bind(pattern.groups, found, bound)
      if (agrees && isKind(entry, join(folder, next), last ? wanted : 'directory')) {
        if (last) keep(next)
        else walk(at + 1, next)
      }
      before.forEach((text, field) => {
        bound[field] = text
      })
    }
  }
  walk(0, '')
  return { paths, values }
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

function isKind(entry: Dirent, path: string, wanted: Wanted): boolean {
  if (entry.isSymbolicLink()) return isWanted(path, wanted)
  return wanted === 'file' ? entry.isFile() : entry.isDirectory()
}

function isWanted(path: string, wanted: Wanted): boolean {
  const stat = statIfThere(path)
  return stat !== undefined && (wanted === 'file' ? stat.isFile() : stat.isDirectory())
}
