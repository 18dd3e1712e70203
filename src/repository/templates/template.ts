/**
 * Path templates such as `input/{station}/{year}.csv`: taken apart, and filled in.
 *
 * A value stands in a path as its own text or not at all: what would leave its folder (`/`, `..`), hide the file (a dot in
 * front) or not come back when the template is read the other way is refused, never rewritten.
 */
import { HeddleError } from '../../model/errors.ts'
import type { Value } from '../../model/value.ts'
import { valueText } from '../../model/value.ts'

/** `{dimension}`, or `{dimension.metadata}`. */
export interface TemplateField {
  /** As it stands between the braces. */
  readonly text: string
  readonly dimension: string
  readonly metadata: string | undefined
}

/** A piece of a path segment: literal text, or the number of a field. */
export type TemplatePart = string | number

/** A template taken apart. */
export interface PathTemplate {
  readonly text: string
  /** Each field once, in order of first appearance. */
  readonly fields: readonly TemplateField[]
  /** Parts of each segment of the path. */
  readonly segments: readonly (readonly TemplatePart[])[]
}

const FIELD = /\{([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?\}/g

/** Takes a template apart. Throws `path-outside` when it leaves the project or leads into `.heddle`. */
export function parseTemplate(text: string): PathTemplate {
  const fields: TemplateField[] = []
  const segments = text
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .map((segment) => parseSegment(segment, fields))
  const first = segments[0]?.[0]
  if (
    text.startsWith('/') ||
    text.includes('\0') ||
    segments.length === 0 ||
    segments.some(([part]) => part === '..') ||
    first === '.heddle'
  ) {
    throw new HeddleError(
      'path-outside',
      `path ${JSON.stringify(text)} leaves the project; expected a path below its folder and outside .heddle`,
    )
  }
  return { text, fields, segments }
}

function parseSegment(segment: string, fields: TemplateField[]): TemplatePart[] {
  const parts: TemplatePart[] = []
  let from = 0
  for (const found of segment.matchAll(FIELD)) {
    if (found.index > from) parts.push(segment.slice(from, found.index))
    parts.push(fieldNumber(found, fields))
    from = found.index + found[0].length
  }
  if (from < segment.length) parts.push(segment.slice(from))
  return parts
}

function fieldNumber(found: RegExpExecArray, fields: TemplateField[]): number {
  const [, dimension, metadata] = found as unknown as [string, string, string | undefined]
  const text = metadata === undefined ? dimension : `${dimension}.${metadata}`
  const known = fields.findIndex((field) => field.text === text)
  return known >= 0 ? known : fields.push({ text, dimension, metadata }) - 1
}

/** Fills in a template: the path below the project folder. Throws `path-value` for a value that cannot stand in a path. */
export function expandTemplate(template: PathTemplate, values: readonly Value[]): string {
  let path = ''
  for (const parts of template.segments) {
    let segment = ''
    for (const part of parts) segment += typeof part === 'string' ? part : fieldText(template, part, values[part] ?? null, segment === '')
    if (Buffer.byteLength(segment) > 255)
      throw refused(template, `${JSON.stringify(`${segment.slice(0, 40)}…`)} is longer than the 255 bytes that a name may have`)
    path += path === '' ? segment : `/${segment}`
  }
  return path
}

function fieldText(template: PathTemplate, field: number, value: Value, first: boolean): string {
  const text = value === null ? '' : valueText(value)
  const name = (template.fields[field] as TemplateField).text
  const cannot = (why: string) => refused(template, `${name} is ${value === null ? 'NULL' : JSON.stringify(text)}, which ${why}`)
  if (text === '') throw cannot('leaves nothing for a name')
  if (text.includes('/')) throw cannot('holds a slash')
  if (text.includes('\0')) throw cannot('holds a NUL character')
  if (first && text.startsWith('.')) throw cannot('would hide the file or leave the folder')
  return text
}

function refused(template: PathTemplate, why: string): HeddleError {
  return new HeddleError('path-value', `path ${JSON.stringify(template.text)} cannot be filled in: ${why}`, {
    hint: 'name the file by a metadata column instead, as in {dimension.column}, or leave the path: out',
  })
}
