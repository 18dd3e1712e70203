/** Parameters: what they allow must make sense, and their defaults must be allowed. */
import type { Parameter, Pipeline } from '../../model/pipeline.ts'
import { compilePattern, expectedOf, hasType, violates } from '../parameter-value.ts'
import type { Reading } from '../reading.ts'

/** Reports conditions that contradict the type, and defaults that break a condition. */
export function checkParameters(pipeline: Pipeline, reading: Reading): void {
  for (const parameter of pipeline.parameters) {
    checkConditions(parameter, reading)
    checkDefault(parameter, reading)
  }
  for (const dimension of pipeline.dimensions) {
    if (dimension.default === null || hasType(dimension.type, dimension.default as string | number | boolean)) continue
    const message = `the default ${JSON.stringify(dimension.default)} is not of the dimension’s type; expected ${dimension.type}`
    reading.problems.error('wrong-type', reading.document.at(['dimensions', dimension.name, 'default']), message)
  }
}

function checkConditions({ name, type, range, choices, pattern }: Parameter, { document, problems }: Reading): void {
  const wrong = (key: string, message: string): void =>
    problems.error('parameter-condition', document.at(['parameters', name, key]), message)
  if (range !== undefined && type !== 'int' && type !== 'float') wrong('range', `a ${type} has no range; expected type int or float`)
  if (range !== undefined && range[0] > range[1]) wrong('range', `the range begins above its end; expected [${range[1]}, ${range[0]}]`)
  if (pattern !== undefined && type !== 'string') wrong('pattern', `a ${type} has no pattern; expected type string`)
  if (pattern !== undefined && compilePattern(pattern) === undefined)
    wrong('pattern', `${JSON.stringify(pattern)} is no regular expression`)
  const other = choices?.find((choice) => !hasType(type, choice))
  if (other !== undefined) wrong('choices', `the choice ${JSON.stringify(other)} is not of the parameter’s type; expected ${type}`)
}

function checkDefault(parameter: Parameter, { file, document, problems }: Reading): void {
  const { name, required } = parameter
  const wrong = (message: string): void => problems.error('parameter-default', document.at(['parameters', name, 'default']), message)
  if (parameter.default === undefined) {
    if (!required) wrong(`parameter ${name} is not required and has no default; expected one of both`)
    return
  }
  const declared = file.parameters?.[name] as { required?: boolean } | undefined
  if (required && declared?.required === true)
    wrong(`parameter ${name} is required, so that its default is never used; expected one of both`)
  if (violates(parameter, parameter.default) !== undefined) {
    wrong(`the default ${JSON.stringify(parameter.default)} is not allowed; expected ${expectedOf(parameter)}`)
  }
}
