/** Braces that look like placeholders and are none: they stay as they are, which is seldom what was meant. */
import { PLACEHOLDER_KINDS, type PlaceholderKind } from '../../model/command/placeholders.ts'
import { nearest } from '../../model/nearest.ts'

/** Names that a text may mean, by what they are names of. */
export type KnownNames = Readonly<Partial<Record<PlaceholderKind, ReadonlySet<string>>>>

/** A brace and the placeholder that was perhaps meant by it. */
export interface AlmostPlaceholder {
  readonly text: string
  readonly meant: string
}

/** Words of other tools, and forms that are too far for the nearest name. */
const KINDS: Readonly<Record<string, PlaceholderKind>> = {
  wildcards: 'dataId',
  data_id: 'dataId',
  dataID: 'dataId',
  param: 'parameters',
  params: 'parameters',
  input: 'inputs',
  output: 'outputs',
}

// `${…}` is the shell's own, and so is a brace with blanks in it.
const BRACE = /(?<!\$)\{([A-Za-z_]\w*)(?:\.([\w.-]+))?\}/g

/** The braces of a text that name something almost. */
export function almostPlaceholders(text: string, known: KnownNames): AlmostPlaceholder[] {
  return [...text.matchAll(BRACE)].flatMap(([brace, word = '', name]) => {
    const meant = name === undefined ? meantBy(word, known) : meantByPair(word, name, known)
    return meant === undefined ? [] : [{ text: brace, meant }]
  })
}

function meantByPair(word: string, name: string, known: KnownNames): string | undefined {
  if (PLACEHOLDER_KINDS.some((kind) => kind === word)) return undefined
  const allowed = PLACEHOLDER_KINDS.filter((kind) => known[kind] !== undefined)
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : nearest(word, allowed)
  return kind === undefined || !allowed.some((one) => one === kind) ? undefined : `{${kind}.${name}}`
}

function meantBy(word: string, known: KnownNames): string | undefined {
  for (const kind of PLACEHOLDER_KINDS) if (known[kind]?.has(word)) return `{${kind}.${word}}`
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : PLACEHOLDER_KINDS.find((one) => one === word)
  const names = kind === undefined ? undefined : known[kind]
  if (names === undefined) return undefined
  return `{${kind}.${names.size === 1 ? [...names][0] : 'NAME'}}`
}
