/** Parameters from their part of the file. */
import type { Parameter } from '../../model/pipeline.ts'
import { plainJson } from '../../model/plain-json.ts'
import type { Json } from '../../model/value.ts'
import type { ParameterFile } from '../file.ts'
import type { Reading } from '../reading.ts'

/** Parameters in declaration order. */
export function buildParameters({ file, document }: Reading): Parameter[] {
  return Object.entries(file.parameters ?? {}).map(([name, declared]) => {
    const isFull = typeof declared === 'object' && declared !== null && !Array.isArray(declared)
    const full: ParameterFile = isFull ? (declared as ParameterFile) : { default: declared }
    const written = document.written(isFull ? ['parameters', name, 'default'] : ['parameters', name])
    return {
      name,
      type: full.type ?? inferType(full.default, written),
      default: full.default === undefined ? undefined : plainJson(full.default),
      unit: full.unit,
      range: full.range,
      choices: full.choices?.map((choice) => plainJson(choice)),
      pattern: full.pattern,
      required: full.required ?? full.default === undefined,
      description: full.description,
      at: document.at(['parameters', name], 'key'),
    }
  })
}

/** The type of a default: `1` is an int, `1.0` a float. */
function inferType(value: Json | undefined, written: string | undefined): Parameter['type'] {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'number':
      return Number.isInteger(value) && !/[.eE]/.test(written ?? '') ? 'int' : 'float'
    case 'object':
      return 'json'
    default:
      return 'string'
  }
}
