/** Reads the values of a template's fields out of names. */
import type { Value, ValueType } from '../../model/value.ts'
import type { TemplatePart } from './template.ts'

/** Everything a segment's names must be: a regular expression, and the field that each of its groups holds. */
export interface SegmentPattern {
  /** undefined: the segment is literal. */
  readonly regexp: RegExp | undefined
  readonly literal: string
  readonly groups: readonly number[]
  /** Names that begin with a dot are hidden from a segment that begins with a field. */
  readonly hidesDots: boolean
}

/** Takes over the groups of a match; false when a field that stands twice would have two values. */
export function bind(groups: readonly number[], found: RegExpExecArray, bound: (string | undefined)[]): boolean {
  return groups.every((field, i) => {
    const text = found[i + 1] as string
    if (bound[field] !== undefined && bound[field] !== text) return false
    bound[field] = text
    return true
  })
}

const PATTERNS: Readonly<Record<ValueType, string>> = {
  int: '0|-?[1-9][0-9]*',
  float: '-?[0-9][0-9.e+-]*',
  string: '[^/]+',
  bool: 'true|false',
  time: '0|-?[1-9][0-9]*',
  timespan: '-?[0-9]*\\.\\.-?[0-9]*',
}

/** Makes the pattern of a segment, from escaped literals and what each type's text looks like. */
export function segmentPattern(parts: readonly TemplatePart[], types: readonly ValueType[]): SegmentPattern {
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

/** Reads the text of a value of a type that matched; undefined when it would not expand to itself. The same few texts come again in every folder. */
export function valueReader(type: ValueType): (text: string) => Value | undefined {
  const known = new Map<string, Value | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, READERS[type](text))
    return known.get(text)
  }
}
