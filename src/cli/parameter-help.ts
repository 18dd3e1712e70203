/** Parameters of a pipeline as help shows them. */
import type { Parameter } from '../model/pipeline.ts'

/** A title, and two columns: how to set it, and what it is. */
export function parameterLines(parameters: readonly Parameter[]): string[] {
  if (parameters.length === 0) return []
  const names = parameters.map(({ name, type }) => `--param ${name}=${type.toUpperCase()}`)
  const width = Math.max(...names.map((name) => name.length))
  return [
    'Parameters of this pipeline:',
    ...parameters.map((parameter, i) => `  ${(names[i] as string).padEnd(width)}  ${described(parameter)}`),
  ]
}

function described({ description, unit, range, choices, pattern, required, default: value }: Parameter): string {
  const parts = [
    description,
    unit === undefined ? undefined : `in ${unit}`,
    range === undefined ? undefined : `from ${range[0]} to ${range[1]}`,
    choices === undefined ? undefined : `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`,
    pattern === undefined ? undefined : `like ${pattern}`,
  ].filter((part) => part !== undefined)
  const standard = value === undefined ? (required ? 'required' : 'no default') : `default: ${JSON.stringify(value)}`
  return `${parts.join(', ')}${parts.length === 0 ? '' : ' '}(${standard})`
}
