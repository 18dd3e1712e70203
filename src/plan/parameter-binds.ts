/** Parameters as binds of expressions. */
import type { Pipeline } from '../model/pipeline.ts'
import type { Json } from '../model/value.ts'
import type { Binds } from './expression/binds.ts'

/** Values of parameters, such that times are times and no text. */
export function parameterBinds({ parameters }: Pipeline, values: Readonly<Record<string, Json>>): Binds {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Json] => {
      const type = parameters.find((parameter) => parameter.name === name)?.type
      return [name, (type === 'time' || type === 'timespan') && value !== null ? { [type]: value } : value]
    }),
  )
}
