/** Gives a pipeline its values: parameters from the command line, and their places in configuration. */

import { commandTexts } from '../model/command/command-template.ts'
import { placeholdersOf, substituteParameters } from '../model/command/placeholders.ts'
import { HeddleError } from '../model/errors.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Parameter, Pipeline, Task } from '../model/pipeline.ts'
import type { Json } from '../model/value.ts'
import { expectedOf, parameterFromText, violates } from './parameter-value.ts'

/** What a request says about a pipeline's values. */
export interface Settings {
  /** `--param NAME=VALUE`, as text. */
  readonly params?: Readonly<Record<string, string>>
}

/**
 * A pipeline with a value for every parameter, and configuration without placeholders.
 *
 * A parameter that a command names itself counts like its configuration: it is kept there as `parameters.NAME`.
 * Throws `unknown-parameter`, `parameter-value` and `parameter-required`.
 */
export function configure(pipeline: Pipeline, settings: Settings = {}): Pipeline {
  const params = settings.params ?? {}
  const known = pipeline.parameters.map((parameter) => parameter.name)
  for (const name of Object.keys(params)) {
    if (!known.includes(name)) {
      throw new HeddleError(
        'unknown-parameter',
        `there is no parameter ${JSON.stringify(name)}; ${listNames(known)}${didYouMean(name, known)}`,
      )
    }
  }
  const missing = pipeline.parameters.filter(
    (parameter) => !Object.hasOwn(params, parameter.name) && (parameter.required || parameter.default === undefined),
  )
  if (missing.length > 0) throw required(missing)
  const values = Object.fromEntries(pipeline.parameters.map((parameter) => [parameter.name, valueOf(parameter, params)]))
  return { ...pipeline, values, tasks: pipeline.tasks.map((task) => ({ ...task, config: configOf(task, values) })) }
}

function valueOf(parameter: Parameter, params: Readonly<Record<string, string>>): Json {
  const text = Object.hasOwn(params, parameter.name) ? params[parameter.name] : undefined
  const value = text === undefined ? parameter.default : parameterFromText(parameter, text)
  if (value === undefined || violates(parameter, value) !== undefined) {
    const found = text === undefined ? JSON.stringify(value) : JSON.stringify(text)
    throw new HeddleError('parameter-value', `parameter ${parameter.name} cannot be ${found}; expected ${expectedOf(parameter)}`)
  }
  return value
}

function configOf(task: Task, values: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const config = substituteParameters(task.config, values) as Record<string, Json>
  if (task.body.kind !== 'command') return config
  const direct = commandTexts(task.body.command)
    .flatMap(placeholdersOf)
    .filter((placeholder) => placeholder.of === 'parameters')
  const named = direct.map(({ name }) => [`parameters.${name}`, values[name] ?? null] as const)
  return named.length === 0 ? config : { ...config, ...Object.fromEntries(named) }
}

function required(missing: readonly Parameter[]): HeddleError {
  const lines = missing.map(
    (parameter) => `${parameter.name}: ${expectedOf(parameter)}${parameter.description === undefined ? '' : `, ${parameter.description}`}`,
  )
  return new HeddleError(
    'parameter-required',
    `no value for ${missing.map((parameter) => parameter.name).join(', ')}; expected ${lines.join('; ')}`,
    {
      hint: `give it with --param ${missing[0]?.name}=VALUE`,
    },
  )
}

function listNames(known: readonly string[]): string {
  return known.length === 0 ? 'this pipeline has none' : `expected one of ${known.join(', ')}`
}
