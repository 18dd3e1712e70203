/** Holds a file's value against the schema: what does not fit is reported and taken out, so that the rest can be checked. */

import type { PipelineFileCode } from '../model/error-codes.ts'
import { didYouMean } from '../model/nearest.ts'
import { isNotYet } from './not-yet.ts'
import type { ProblemList } from './problem-list.ts'
import { type SchemaError, validate } from './schema-validator.generated.js'
import type { Path, YamlDocument } from './yaml-document.ts'

/** Reports everything about `document` that the schema does not allow and removes it; false when nothing is left to go on with. */
export function checkStructure(document: YamlDocument, problems: ProblemList): boolean {
  for (let round = 0; round < 3; round++) {
    if (validate(document.value)) return true
    const wrong = (validate.errors ?? []).flatMap((error) => describe(error) ?? [])
    for (const { path, part, code, message } of wrong) {
      // What only an earlier round took out is not missing.
      if (round === 0 || (code !== 'missing-key' && code !== 'body-missing')) problems.error(code, document.at(path, part), message)
    }
    if (wrong.some((one) => one.path.length === 0 && one.code === 'wrong-type')) return false
    for (const one of wrong.toReversed()) if (one.removes) remove(document.value, one.path)
    // What is missing cannot be removed: the rest goes on without it.
    if (wrong.every((one) => !one.removes)) return true
  }
  return false
}

interface Wrong {
  readonly path: Path
  readonly part: 'key' | 'value'
  readonly code: PipelineFileCode
  readonly message: string
  readonly removes: boolean
}

function describe(error: SchemaError): Wrong | undefined {
  const path = pathOf(error.instancePath)
  const { params, parentSchema, keyword } = error
  // An error within a name is told once, by propertyNames; one within `oneOf` or `if` by the keyword itself, or by what it leads to.
  if (error.propertyName !== undefined || /\/oneOf\/\d/.test(error.schemaPath) || keyword === 'if') return undefined
  const value = (code: PipelineFileCode, message: string, removes = true): Wrong => ({ path, part: 'value', code, message, removes })
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty)
      return unknownKey([...path, key], key, parentSchema.title ?? '', Object.keys(parentSchema.properties ?? {}))
    }
    case 'propertyNames': {
      const key = String(params.propertyName)
      const message = `${JSON.stringify(key)} cannot be a name; expected a letter or _, then letters, digits${NAME_MARKS[parentSchema.propertyNames?.pattern ?? ''] ?? ''}`
      return { path: [...path, key], part: 'key', code: 'bad-name', message, removes: true }
    }
    case 'required': {
      const key = String(params.missingProperty)
      const isRoot = path.length === 0
      const message = isRoot
        ? '"heddle" is missing; expected heddle: 1, the version of the language'
        : `${JSON.stringify(key)} is missing here`
      return { path, part: isRoot ? 'value' : 'key', code: 'missing-key', message, removes: !isRoot }
    }
    case 'oneOf':
      return describeBodies(path, error.data)
    case 'type':
      return value(
        'wrong-type',
        `this is ${found(error.data)}; expected ${expectedTypes(parentSchema.type)}${EXAMPLES[String(path.at(-1))] ?? ''}`,
      )
    case 'const':
      return value('version', `this version of Heddle reads heddle: 1; found ${JSON.stringify(error.data)}`)
    case 'enum': {
      if (typeof error.data !== 'string') return undefined
      const allowed = (parentSchema.enum ?? []).map(String)
      return value(
        'wrong-value',
        `${JSON.stringify(error.data)} is not known here; expected ${listOf(allowed)}${didYouMean(error.data, allowed)}`,
      )
    }
    case 'pattern':
      return value(
        'wrong-value',
        `${JSON.stringify(error.data)} does not have the form that is wanted; expected ${FORMS[String(path.at(-1))] ?? 'a name or text that is not empty'}`,
      )
    default:
      return value('wrong-value', `${short(error.data)} cannot stand here; expected ${LIMITS[keyword]?.(params.limit) ?? 'another value'}`)
  }
}

function unknownKey(path: Path, key: string, part: string, known: readonly string[]): Wrong {
  if (isNotYet(part, key)) {
    const message = `${key} is known to Heddle’s design but not to this version; leave it out, or use a version that has it`
    return { path, part: 'key', code: 'not-yet', message, removes: true }
  }
  const message = `there is no key ${JSON.stringify(key)} here; expected one of ${known.join(', ')}${didYouMean(key, known)}`
  return { path, part: 'key', code: 'unknown-key', message, removes: true }
}

function describeBodies(path: Path, data: unknown): Wrong | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined
  const bodies = ['command', 'python', 'typescript'].filter((body) => Object.hasOwn(data, body))
  if (bodies.length > 1) {
    const message = `a task has one body; found ${bodies.join(' and ')}`
    return { path: [...path, bodies[1] as string], part: 'key', code: 'bodies-several', message, removes: true }
  }
  // A body of a later version is reported for itself.
  if (['notebook', 'programs'].some((body) => Object.hasOwn(data, body))) return undefined
  const message = 'this task has no body; expected command, python or typescript'
  return { path, part: 'key', code: 'body-missing', message, removes: false }
}

const NAME_MARKS: Readonly<Record<string, string>> = { '^[A-Za-z_][A-Za-z0-9_]*$': ' or _', '^[A-Za-z_][A-Za-z0-9_.-]*$': ', _ . or -' }

const FORMS: Readonly<Record<string, string>> = {
  python: 'MODULE:FUNCTION, such as climate:summarise',
  typescript: './FILE.ts#FUNCTION, such as ./climate.ts#combine',
}

/** What newcomers write as a list or a text. */
const EXAMPLES: Readonly<Record<string, string>> = {
  inputs: ' such as {NAME: DATASET}',
  outputs: ' such as {NAME: DATASET}',
  prerequisites: ' such as {NAME: DATASET}',
  config: ' such as {NAME: VALUE}',
}

const LIMITS: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: (limit) => `a number from ${String(limit)}`,
  maximum: (limit) => `a number up to ${String(limit)}`,
  minItems: (limit) => `a list of at least ${String(limit)}`,
  maxItems: (limit) => `a list of at most ${String(limit)}`,
  minProperties: () => 'a mapping that is not empty',
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
}

function expectedTypes(type: string | readonly string[] | undefined): string {
  const types = type === undefined ? [] : typeof type === 'string' ? [type] : type
  return listOf(types.flatMap((name) => TYPES[name] ?? []))
}

function found(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  return `${TYPES[typeof value] ?? typeof value}, ${short(value)}`
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function remove(root: unknown, path: Path): void {
  let parent = root
  for (const step of path.slice(0, -1)) parent = (parent as Record<string, unknown> | undefined)?.[step]
  const last = path.at(-1)
  if (last === undefined || typeof parent !== 'object' || parent === null) return
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else delete (parent as Record<string, unknown>)[last]
}
