/** Finds the files that a path template names: expansion read the other way. */
import { type Dirent, readdirSync } from 'node:fs'
import type { Value, ValueType } from '../../model/value.ts'
import { isAbsent } from '../file-errors.ts'
import { statIfThere } from '../stat-if-there.ts'
import { bind, type SegmentPattern, segmentPatterns, valueReader } from './segment-pattern.ts'
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
  const patterns = segmentPatterns(template, types)
  const readers = types.map(valueReader)
  const paths: string[] = []
  const values: Value[][] = types.map(() => [])
  const bound: string[] = types.map(() => '')

  const keep = (path: string): void => {
    for (let field = 0; field < readers.length; field++) if (readers[field]?.(bound[field] as string) === undefined) return
    paths.push(path)
    for (let field = 0; field < readers.length; field++) values[field]?.push(readers[field]?.(bound[field] as string) as Value)
  }

  const walk = (at: number, path: string): void => {
    const pattern = patterns[at] as SegmentPattern
    const last = at === patterns.length - 1
    const next = (name: string): void => (last ? keep(path + name) : walk(at + 1, `${path}${name}/`))
    if (pattern.regexp === undefined) {
      if (!last || isWanted(`${folder}/${path}${pattern.literal}`, wanted)) next(pattern.literal)
      return
    }
    for (const entry of entries(`${folder}/${path}`)) {
      if (!bind(pattern, entry.name, bound) || !isKind(entry, `${folder}/${path}`, last ? wanted : 'directory')) continue
      next(entry.name)
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

function isKind(entry: Dirent, folder: string, wanted: Wanted): boolean {
  if (entry.isSymbolicLink()) return isWanted(folder + entry.name, wanted)
  return wanted === 'file' ? entry.isFile() : entry.isDirectory()
}

function isWanted(path: string, wanted: Wanted): boolean {
  const stat = statIfThere(path)
  return stat !== undefined && (wanted === 'file' ? stat.isFile() : stat.isDirectory())
}
