/** Reads the values of a template's fields out of a path. */
import type { Value, ValueType } from '../../model/value.ts'
import { bind, segmentPatterns, valueReader } from './segment-pattern.ts'
import type { PathTemplate } from './template.ts'

/** Values of the fields, or undefined when the path is none of the template's. */
export type MatchPath = (path: string) => Value[] | undefined

/** Makes the function that matches a template against the last segments of a path, which may lie anywhere. */
export function pathMatcher(template: PathTemplate, types: readonly ValueType[]): MatchPath {
  const patterns = segmentPatterns(template, types)
  const readers = types.map(valueReader)
  return (path) => {
    const names = path.split('/').slice(-patterns.length)
    const bound: string[] = types.map(() => '')
    if (names.length < patterns.length || !patterns.every((pattern, i) => bind(pattern, names[i] as string, bound))) return undefined
    const values = readers.map((read, field) => read(bound[field] as string))
    return values.includes(undefined) ? undefined : (values as Value[])
  }
}
