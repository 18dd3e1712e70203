/** What would fit at a place of an expression, in words, and advice for slips that people bring from other languages. */
import type { Token } from './tokens.ts'

/** What may begin an operand. */
export const OPERAND = "a name, a number, a string, a time T'…', a bind :name or a parenthesis"
/** What may follow an operand. */
export const AFTER_OPERAND = '=, !=, <, <=, >, >=, OVERLAPS, IN, + - * / %, AND, OR'
/** What may stand in an `IN` list. */
export const ITEM = "a number, a string, a time T'…', a range 1..9, a name without dots or a bind :name"

/** Words of SQL that people try, and what this language has for them. */
const SQL_ADVICE: Readonly<Record<string, string>> = {
  BETWEEN: 'write NAME IN (first..last), or two comparisons joined by AND',
  LIKE: "write GLOB(NAME, 'pattern*')",
  ILIKE: "write GLOB(NAME, 'pattern*')",
  IS: 'write NAME = NULL or NAME != NULL',
}

/** `; what to write instead` of a token that does not fit, or nothing. */
export function advice(before: Token | undefined, { kind, text, start }: Token): string {
  const touches = before?.end === start
  const sql = kind === 'name' ? SQL_ADVICE[text.toUpperCase()] : undefined
  if (sql !== undefined) return `; ${sql}`
  if (kind === '=' && before?.kind === '=' && touches) return '; equality is a single ='
  if (kind === '>' && before?.kind === '<' && touches) return '; not equal is !='
  if (kind === 'string' && (before?.kind === 'string' || before?.kind === 'time') && touches) {
    return '; a string cannot hold a quote, give such a value as a bind :name'
  }
  return ''
}
