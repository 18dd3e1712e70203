/** Placeholders: the only braces that Heddle replaces in commands and configuration. Every other brace stays as it is. */

import { plainJson } from '../plain-json.ts'
import type { Json } from '../value.ts'

/** What a placeholder may name. */
export const PLACEHOLDER_KINDS = ['inputs', 'outputs', 'config', 'dataId', 'resources', 'parameters'] as const
export type PlaceholderKind = (typeof PLACEHOLDER_KINDS)[number]

/** One piece of a text with placeholders. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly of: PlaceholderKind; readonly name: string; readonly text: string }

const PLACEHOLDER = /\{(inputs|outputs|config|dataId|resources|parameters)\.([^{}\s]+)\}/g

/** The pieces of a text, in order; joined, their `text` is the text again. */
export function splitPlaceholders(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const found of text.matchAll(PLACEHOLDER)) {
    if (found.index > from) pieces.push({ kind: 'text', text: text.slice(from, found.index) })
    pieces.push({ kind: 'placeholder', of: found[1] as PlaceholderKind, name: found[2] as string, text: found[0] })
    from = found.index + found[0].length
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) })
  return pieces
}

/** The placeholders of a text. */
export function placeholdersOf(text: string): Extract<Piece, { kind: 'placeholder' }>[] {
  return splitPlaceholders(text).filter((piece) => piece.kind === 'placeholder')
}

/** A scalar as a word; lists and objects as JSON. */
export function wordOf(value: Json): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}

/** Configuration with `{parameters.NAME}` replaced; a text that is exactly one placeholder becomes the value itself, type and all. */
export function substituteParameters(config: Json, values: Readonly<Record<string, Json>>): Json {
  const valueOf = (piece: Piece): Json | undefined =>
    piece.kind === 'placeholder' && piece.of === 'parameters' && Object.hasOwn(values, piece.name) ? values[piece.name] : undefined
  const inText = (piece: Piece): string => {
    const value = valueOf(piece)
    return value === undefined ? piece.text : wordOf(value)
  }
  return plainJson(config, (text) => {
    const pieces = splitPlaceholders(text)
    const whole = pieces.length === 1 ? valueOf(pieces[0] as Piece) : undefined
    return whole === undefined ? pieces.map(inText).join('') : whole
  })
}
