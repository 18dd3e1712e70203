/** Values of parameters: from text, and against what the parameter allows. */
import type { Parameter } from '../model/pipeline.ts'
import type { Json } from '../model/value.ts'

/** The value that a text on the command line means for a parameter, or undefined when it is none of its type. */
export function parameterFromText(parameter: Parameter, text: string): Json | undefined {
  switch (parameter.type) {
    case 'int':
      return /^[+-]?\d+$/.test(text.trim()) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
    case 'float':
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text.trim()) && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'bool':
      return BOOLEANS[text.trim().toLowerCase()]
    case 'json':
    case 'timespan':
      return jsonFromText(text)
    default:
      return text
  }
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  on: true,
  off: false,
  '1': true,
  '0': false,
}

function jsonFromText(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What a parameter expects of its value, in words. */
export function expectedOf(parameter: Parameter): string {
  const { type, range, choices, pattern, unit } = parameter
  if (choices !== undefined) return `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`
  const words = {
    int: 'an integer',
    float: 'a number',
    bool: 'true or false',
    json: 'a JSON value',
    string: 'a text',
    time: 'a time',
    timespan: 'a list of two times',
  }
  const limits = range === undefined ? '' : ` from ${range[0]} to ${range[1]}`
  const form = pattern === undefined ? '' : ` that matches ${pattern} as a whole`
  return `${words[type]}${limits}${form}${unit === undefined ? '' : ` (${unit})`}`
}

/** Which of a parameter's conditions a value breaks, or undefined when it may have it. */
export function violates(parameter: Parameter, value: Json): 'type' | 'range' | 'choices' | 'pattern' | undefined {
  const { type, range, choices, pattern } = parameter
  if (!hasType(type, value)) return 'type'
  if (range !== undefined && typeof value === 'number' && (value < range[0] || value > range[1])) return 'range'
  if (choices !== undefined && !choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value))) return 'choices'
  if (pattern !== undefined && typeof value === 'string' && compilePattern(pattern)?.test(value) === false) return 'pattern'
  return undefined
}

/** The regular expression of a `pattern:`, which must match the whole value; undefined when it is none. */
export function compilePattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Whether a JSON value is one of a type, as it stands in a pipeline file. */
export function hasType(type: Parameter['type'], value: Json): boolean {
  switch (type) {
    case 'int':
      return typeof value === 'number' && Number.isSafeInteger(value)
    case 'float':
      return typeof value === 'number' && Number.isFinite(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'json':
      return isFinite(value)
    case 'timespan':
      return Array.isArray(value) && value.length === 2 && value.every((end) => end === null || typeof end === 'string')
    default:
      return typeof value === 'string'
  }
}

function isFinite(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(isFinite)
}
