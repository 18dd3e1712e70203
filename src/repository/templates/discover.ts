/** Finds the files that a path template names: expansion read the other way. */
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Value, ValueType } from '../../model/value.ts'
import { isAbsent } from '../file-errors.ts'
import type { PathTemplate, TemplatePart } from './template.ts'

/** What a template's last segment names. */
export type Wanted = 'file' | 'directory'

/** Paths found, sorted folder by folder, and the values in them: one list a field. */
export interface Discovered {
  readonly paths: readonly string[]
  readonly values: readonly (readonly Value[])[]
}

/** Everything a segment's names must be: a regular expression, and the field that each of its groups holds. */
interface SegmentPattern {
  /** undefined: the segment is literal. */
  readonly regexp: RegExp | undefined
  readonly literal: string
  readonly groups: readonly number[]
  /** Names that begin with a dot are hidden from a segment that begins with a field. */
  readonly hidesDots: boolean
}

/**
 * Walks the folders that the template names and matches typed values: `02012` is no int, since it would not expand to itself.
 * Where several readings of one name are possible, earlier fields take as much as they can.
 */
export function discover(folder: string, template: PathTemplate, types: readonly ValueType[], wanted: Wanted): Discovered {
  const patterns = template.segments.map((parts) => segmentPattern(parts, types))
  const paths: string[] = []
  const values: Value[][] = types.map(() => [])
  const readers = types.map(cachedReader)
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

/** Takes over the groups of a match; false when a field that stands twice would have two values. */
function bind(groups: readonly number[], found: RegExpExecArray, bound: (string | undefined)[]): boolean {
  return groups.every((field, i) => {
    const text = found[i + 1] as string
    if (bound[field] !== undefined && bound[field] !== text) return false
    bound[field] = text
    return true
  })
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
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat !== undefined && (wanted === 'file' ? stat.isFile() : stat.isDirectory())
}

const PATTERNS: Readonly<Record<ValueType, string>> = {
  int: '0|-?[1-9][0-9]*',
  float: '-?[0-9][0-9.e+-]*',
  string: '[^/]+',
  bool: 'true|false',
  time: '0|-?[1-9][0-9]*',
  timespan: '-?[0-9]*\\.\\.-?[0-9]*',
}

function segmentPattern(parts: readonly TemplatePart[], types: readonly ValueType[]): SegmentPattern {
  const groups: number[] = []
  let source = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      source += RegExp.escape(part)
    } else if (groups.includes(part)) {
      source += `(?:\\${groups.indexOf(part) + 1})`
    } else {
      groups.push(part)
      source += `(${PATTERNS[types[part] as ValueType]})`
    }
  }
  return {
    regexp: groups.length === 0 ? undefined : new RegExp(`^(?:${source})$`, 's'),
    literal: groups.length === 0 ? parts.join('') : '',
    groups,
    hidesDots: typeof parts[0] === 'number',
  }
}

const READERS: Readonly<Record<ValueType, (text: string) => Value | undefined>> = {
  int: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
  float: (text) => (Number.isFinite(Number(text)) && String(Number(text)) === text ? Number(text) : undefined),
  string: (text) => text,
  bool: (text) => text === 'true',
  time: (text) => BigInt(text),
  timespan: (text) => readSpan(text),
}

function readSpan(text: string): Value | undefined {
  const [begin = '', end = ''] = text.split('..')
  const exact = (bound: string) => bound === '' || /^(?:0|-?[1-9]\d*)$/.test(bound)
  if (!exact(begin) || !exact(end)) return undefined
  return { begin: begin === '' ? null : BigInt(begin), end: end === '' ? null : BigInt(end) }
}

/** The same few texts come again in every folder. */
function cachedReader(type: ValueType): (text: string) => Value | undefined {
  const known = new Map<string, Value | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, READERS[type](text))
    return known.get(text)
  }
}
