/** Which dimensions a data ID has. */
import type { Pipeline } from '../model/pipeline.ts'

/** Dimensions with all that they require, in declaration order. */
export function withRequired(pipeline: Pipeline, names: readonly string[]): string[] {
  const wanted = new Set<string>()
  const add = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    for (const required of pipeline.dimensions.find((dimension) => dimension.name === name)?.requires ?? []) add(required)
  }
  names.forEach(add)
  return pipeline.dimensions.map((dimension) => dimension.name).filter((name) => wanted.has(name))
}
