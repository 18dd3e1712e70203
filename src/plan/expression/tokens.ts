/** Cuts the text of an expression into tokens. */

import type { Span } from './failure.ts'
import { expressionError } from './failure.ts'

/** Kinds of tokens; operators and keywords are their own kind, keywords in upper case. */
export type TokenKind = 'time' | 'string' | 'range' | 'number' | 'name' | 'bind' | 'end' | Keyword | Operator
type Keyword = 'AND' | 'OR' | 'NOT' | 'IN' | 'OVERLAPS'
type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '(' | ')' | ','

/** A token and where it stands; `text` is as written. */
export interface Token extends Span {
  readonly kind: TokenKind
  readonly text: string
}

const KEYWORDS: ReadonlySet<string> = new Set<Keyword>(['AND', 'OR', 'NOT', 'IN', 'OVERLAPS'])

const TOKEN = new RegExp(
  [
    String.raw`(?<space>[ \t\n]+)`,
    String.raw`(?<time>[Tt]'[^'\n]*')`,
    String.raw`(?<string>'[^'\n]*')`,
    String.raw`(?<range>-?\d+[ \t\n]*\.\.[ \t\n]*-?\d+(?:[ \t\n]*:[ \t\n]*[1-9]\d*)?)`,
    String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)`,
    String.raw`(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,2})`,
    String.raw`(?<bind>:[A-Za-z_]\w*)`,
    String.raw`(?<operator>!=|<=|>=|[=<>+\-*/%(),])`,
  ].join('|'),
  'y',
)

/** All tokens, with `end` as the last. Throws `expression-syntax` at a character that begins none. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    TOKEN.lastIndex = at
    const groups = TOKEN.exec(text)?.groups
    if (groups === undefined) throw badCharacter(text, at, tokens.at(-1))
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined) as [string, string]
    const end = at + found.length
    if (kind !== 'space') tokens.push({ kind: kindOf(kind, found), text: found, start: at, end })
    at = end
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length })
  return tokens
}

function kindOf(group: string, text: string): TokenKind {
  if (group === 'operator') return text as Operator
  const upper = text.toUpperCase()
  return group === 'name' && KEYWORDS.has(upper) ? (upper as Keyword) : (group as TokenKind)
}

function badCharacter(text: string, at: number, before: Token | undefined): Error {
  const character = String.fromCodePoint(text.codePointAt(at) as number)
  const span = { start: at, end: at + character.length }
  const what = character === '\r' ? 'a carriage return' : JSON.stringify(character)
  return expressionError('expression-syntax', text, span, `${what} does not belong here${adviceFor(character, before)}`)
}

function adviceFor(character: string, before: Token | undefined): string {
  switch (character) {
    case "'":
      return '; this string has no closing quote on its line'
    case '"':
      return "; strings stand in single quotes, as in 'text'"
    case ':':
      if (before?.kind === 'range') return '; a stride is a positive whole number, as in 1..9:2'
      return '; a bind is a colon with a name right behind it, as in :name'
    case '.':
      if (before?.kind === 'name') return '; a name has at most two dots, each between two parts'
      return '; the ends of a range are whole numbers, as in 1..9'
    case '&':
      return '; expected AND'
    case '|':
      return '; expected OR'
    case '!':
      return '; expected != or NOT'
    case ';':
      return '; there is one expression, joined by AND and OR'
    case '#':
      return '; there are no comments'
    case '\r':
      return '; white space is space, tab and line feed'
    default:
      return ''
  }
}
