/** Names and ids as types, and the text form of data IDs, quanta and datasets (contract.md, *Names on the command line*). */
import { HeddleError } from './errors.ts'
import type { Value } from './value.ts'
import { valueText } from './value.ts'

/** A data ID: the value of each dimension by name, in declaration order. */
export type DataId = Readonly<Record<string, Value>>

/** An id such as `year_summary@station=seattle,year=2012`, taken apart; values are still text. */
export interface ParsedId {
  /** `quantum:` or `dataset:` when the text said it outright. */
  readonly kind: 'quantum' | 'dataset' | undefined
  readonly name: string
  readonly values: Readonly<Record<string, string>>
  /** The number behind `#`, if any. */
  readonly attempt: number | undefined
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be quoted
const NEEDS_QUOTES = /[,=@#\s"'\u0000-\u001f\u007f]/u

/** A value as it stands in an id: bare, or quoted JSON's way when it is empty or holds a delimiter. */
export function quoteIdValue(text: string): string {
  return text === '' || NEEDS_QUOTES.test(text) ? JSON.stringify(text) : text
}

/** `task@a=1,b=2`, or just `task` without dimensions. Dimensions stand in the data ID's own order. */
export function formatId(name: string, dataId: DataId): string {
  let text = ''
  for (const dimension in dataId) {
    text += `${text === '' ? '@' : ','}${dimension}=${quoteIdValue(valueText(dataId[dimension] as Value))}`
  }
  return name + text
}

const PART = /([A-Za-z_]\w*)=(?:"((?:[^"\\]|\\.)*)"|([^,=@#\s"']+))(,|$)/uy

/** Takes an id apart. Throws `id-syntax` with the place where it stops making sense. */
export function parseId(text: string): ParsedId {
  const prefix = /^(quantum|dataset):/u.exec(text)
  let rest = prefix === null ? text : text.slice(prefix[0].length)
  let attempt: number | undefined
  const tail = /#(\d+)$/u.exec(rest)
  if (tail !== null) {
    attempt = Number(tail[1])
    rest = rest.slice(0, -tail[0].length)
  }
  const at = rest.indexOf('@')
  const name = at < 0 ? rest : rest.slice(0, at)
  if (!/^[A-Za-z_][\w.-]*$/u.test(name)) throw badId(text, `${JSON.stringify(name)} is no name`)
  const values: Record<string, string> = {}
  if (at >= 0) {
    const list = rest.slice(at + 1)
    PART.lastIndex = 0
    while (PART.lastIndex < list.length || list.endsWith(',')) {
      const from = PART.lastIndex
      const part = PART.exec(list)
      if (part === null) throw badId(text, `cannot read ${JSON.stringify(list.slice(from))}`)
      values[part[1] as string] = part[2] === undefined ? (part[3] as string) : (JSON.parse(`"${part[2]}"`) as string)
      if (part[4] === '') break
    }
  }
  return { kind: prefix === null ? undefined : (prefix[1] as 'quantum' | 'dataset'), name, values, attempt }
}

function badId(text: string, why: string): HeddleError {
  return new HeddleError('id-syntax', `${JSON.stringify(text)} is no id: ${why}`, {
    hint: 'an id reads TASK@DIMENSION=VALUE,DIMENSION=VALUE, as `heddle plan --verbose` prints it',
  })
}
