/** Reads the values of a template's fields out of names. */
import { HeddleError } from '../../model/errors.ts'
import { formatTime, parseTime } from '../../model/time.ts'
import type { Value, ValueType } from '../../model/value.ts'
import type { PathTemplate, TemplatePart } from './template.ts'

/** What the names of one path segment must be. */
export interface SegmentPattern {
  /** Made of escaped literals; undefined: the segment is literal. */
  readonly regexp: RegExp | undefined
  readonly literal: string
  /** The field that each group holds, and whether an earlier segment has bound it. */
  readonly groups: readonly { readonly field: number; readonly bound: boolean }[]
  /** Names that begin with a dot are hidden from a segment that begins with a field. */
  readonly hidesDots: boolean
}

/** The patterns of a template's segments, by what the text of each type looks like. */
export function segmentPatterns(template: PathTemplate, types: readonly ValueType[]): SegmentPattern[] {
  const bound = new Set<number>()
  return template.segments.map((parts) => {
    const pattern = segmentPattern(parts, types, bound)
    for (const { field } of pattern.groups) bound.add(field)
    return pattern
  })
}

/** Takes the fields' texts from a name; false when it does not match, or a field that stands twice would have two values. */
export function bind(pattern: SegmentPattern, name: string, bound: string[]): boolean {
  if (pattern.regexp === undefined) return pattern.literal === name
  if (pattern.hidesDots && name.startsWith('.')) return false
  const found = pattern.regexp.exec(name)
  if (found === null) return false
  for (let i = 0; i < pattern.groups.length; i++) {
    const group = pattern.groups[i] as SegmentPattern['groups'][number]
    const text = found[i + 1] as string
    if (group.bound && bound[group.field] !== text) return false
    bound[group.field] = text
  }
  return true
}

const PATTERNS: Readonly<Record<ValueType, string>> = {
  int: '0|-?[1-9][0-9]*',
  float: '-?[0-9][0-9.e+-]*',
  string: '[^/]+',
  bool: 'true|false',
  time: '[+-]?[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?Z',
  timespan: '-?[0-9]*\\.\\.-?[0-9]*',
}

function segmentPattern(parts: readonly TemplatePart[], types: readonly ValueType[], bound: ReadonlySet<number>): SegmentPattern {
  const fields: number[] = []
  let source = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      source += RegExp.escape(part)
    } else if (fields.includes(part)) {
      source += `(?:\\${fields.indexOf(part) + 1})`
    } else {
      fields.push(part)
      source += `(${PATTERNS[types[part] as ValueType]})`
    }
  }
  return {
    regexp: fields.length === 0 ? undefined : new RegExp(`^(?:${source})$`, 's'),
    literal: fields.length === 0 ? parts.join('') : '',
    groups: fields.map((field) => ({ field, bound: bound.has(field) })),
    hidesDots: typeof parts[0] === 'number',
  }
}

const READERS: Readonly<Record<ValueType, (text: string) => Value | undefined>> = {
  int: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
  float: (text) => (Number.isFinite(Number(text)) && String(Number(text)) === text ? Number(text) : undefined),
  string: (text) => text,
  bool: (text) => text === 'true',
  time: readTime,
  timespan: (text) => readSpan(text),
}

function readTime(text: string): Value | undefined {
  try {
    const time = parseTime(text)
    return formatTime(time) === text ? time : undefined
  } catch (error) {
    // A name that only looks like a time is some other file.
    if (error instanceof HeddleError) return undefined
    throw error
  }
}

function readSpan(text: string): Value | undefined {
  const [begin = '', end = ''] = text.split('..')
  const exact = (bound: string) => bound === '' || /^(?:0|-?[1-9]\d*)$/.test(bound)
  if (!exact(begin) || !exact(end)) return undefined
  return { begin: begin === '' ? null : BigInt(begin), end: end === '' ? null : BigInt(end) }
}

/** Reads the text of a type's value that matched; undefined when it would not expand to itself. The same few texts come again in every folder. */
export function valueReader(type: ValueType): (text: string) => Value | undefined {
  if (type === 'string') return (text) => text
  const known = new Map<string, Value | undefined>()
  return (text) => {
    let value = known.get(text)
    if (value === undefined && !known.has(text)) {
      value = READERS[type](text)
      known.set(text, value)
    }
    return value
  }
}
