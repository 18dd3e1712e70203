/**
 * Commands with placeholders: taken apart once, then rendered for each quantum.
 *
 * A value never becomes code. In text without quotes, substitutions and comments it stands as one quoted word; in any other
 * text it is put into a shell variable first, and the shell expands that where the placeholder stood, in quotes of either kind,
 * substitutions, comments and here-documents alike: what a variable holds is not read as shell text again.
 */
import type { Json } from '../value.ts'
import { type PlaceholderKind, splitPlaceholders, wordOf } from './placeholders.ts'
import { type ShellContext, ShellScanner } from './shell-context.ts'

/** A piece of a command. */
export type CommandPiece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'placeholder'
      readonly of: PlaceholderKind
      readonly name: string
      readonly text: string
      readonly context: ShellContext
      /** A `\` or `$` stands right before it. */
      readonly altered: boolean
    }

/** A command taken apart: a text for `sh`, or a list of arguments without a shell. */
export type CommandTemplate =
  | { readonly form: 'shell'; readonly pieces: readonly CommandPiece[]; readonly values: 'quoted' | 'variables' }
  | { readonly form: 'arguments'; readonly arguments: readonly (readonly CommandPiece[])[] }

/** Values by what they are and by name; a list is a gathered input or output. */
export interface CommandValues {
  readonly inputs: Readonly<Record<string, string | readonly string[]>>
  readonly outputs: Readonly<Record<string, string | readonly string[]>>
  readonly config: Readonly<Record<string, Json>>
  readonly dataId: Readonly<Record<string, Json>>
  readonly resources: Readonly<Record<string, Json>>
  readonly parameters: Readonly<Record<string, Json>>
}

/** A command ready to run; `kind` is that of a job's body. */
export type RenderedCommand =
  | { readonly kind: 'command'; readonly script: string }
  | { readonly kind: 'program'; readonly argv: readonly string[] }

/** The texts of a command: itself, or each of its arguments. */
export function commandTexts(command: string | readonly string[]): readonly string[] {
  return typeof command === 'string' ? [command] : command
}

/** Takes a command apart. */
export function parseCommand(command: string | readonly string[]): CommandTemplate {
  if (typeof command !== 'string') return { form: 'arguments', arguments: command.map(argumentPieces) }
  const pieces = shellPieces(command)
  const plain = pieces.every((piece) => piece.kind === 'placeholder' || !/[`'"\\#$()]|<</.test(piece.text))
  return { form: 'shell', pieces, values: plain ? 'quoted' : 'variables' }
}

/** The placeholders of a command. */
export function commandPlaceholders(template: CommandTemplate): Extract<CommandPiece, { kind: 'placeholder' }>[] {
  const pieces = template.form === 'shell' ? template.pieces : template.arguments.flat()
  return pieces.filter((piece) => piece.kind === 'placeholder')
}

function argumentPieces(text: string): CommandPiece[] {
  return splitPlaceholders(text).map((piece) => (piece.kind === 'text' ? piece : { ...piece, context: 'bare', altered: false }))
}

function shellPieces(text: string): CommandPiece[] {
  const scanner = new ShellScanner()
  return splitPlaceholders(text).map((piece) => {
    if (piece.kind === 'text') {
      scanner.text(piece.text)
      return piece
    }
    const { context, altered } = scanner
    scanner.placeholder()
    return { ...piece, context, altered }
  })
}

/** A word of `sh` that means exactly this text; only what is plainly a path or a decimal number stands without quotes. */
export function quoteWord(text: string): string {
  return /^[\w@%+:,./-]*[./][\w@%+:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The command with its values. A gathered value is one word an element. */
export function renderCommand(template: CommandTemplate, values: CommandValues): RenderedCommand {
  if (template.form === 'arguments') {
    return { kind: 'program', argv: template.arguments.flatMap((pieces) => renderArgument(pieces, values)) }
  }
  const script = template.values === 'quoted' ? renderQuoted(template.pieces, values) : renderVariables(template.pieces, values)
  return { kind: 'command', script }
}

function renderArgument(pieces: readonly CommandPiece[], values: CommandValues): string[] {
  const [only] = pieces
  if (pieces.length === 1 && only?.kind === 'placeholder') return wordsOf(only, values)
  return [pieces.map((piece) => (piece.kind === 'text' ? piece.text : wordsOf(piece, values).join(' '))).join('')]
}

function renderQuoted(pieces: readonly CommandPiece[], values: CommandValues): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : wordsOf(piece, values).map(quoteWord).join(' '))).join('')
}

function renderVariables(pieces: readonly CommandPiece[], values: CommandValues): string {
  const assignments: string[] = []
  const variable = (word: string): string => {
    const name = `heddle_${assignments.length + 1}`
    assignments.push(`${name}=${quoteWord(word)}`)
    return `\${${name}}`
  }
  const body = pieces.map((piece) => {
    if (piece.kind === 'text') return piece.text
    if (piece.altered)
      throw new Error(`${piece.text} stands behind a character that changes its meaning; reading the pipeline should have refused it`)
    return between(wordsOf(piece, values).map(variable), piece.context)
  })
  return assignments.length === 0 ? body.join('') : `${assignments.join(' ')}\n${body.join('')}`
}

/** Expansions of variables, written so that each is one word, or part of one, where they stand. */
function between(expansions: readonly string[], context: ShellContext): string {
  switch (context) {
    case 'bare':
    case 'comment':
      return expansions.map((expansion) => `"${expansion}"`).join(' ')
    case 'double':
      return expansions.join('" "')
    case 'single':
      return `'${expansions.map((expansion) => `"${expansion}"`).join(' ')}'`
    default:
      return expansions.join(' ')
  }
}

function wordsOf(piece: Extract<CommandPiece, { kind: 'placeholder' }>, values: CommandValues): string[] {
  const group: Readonly<Record<string, Json>> = values[piece.of]
  if (!Object.hasOwn(group, piece.name)) throw new Error(`no value for ${piece.text}; reading the pipeline should have refused it`)
  const value = group[piece.name] as Json
  if (piece.of !== 'inputs' && piece.of !== 'outputs') return [wordOf(value)]
  // A path that begins with a dash would read as an option.
  return (typeof value === 'string' ? [value] : (value as readonly string[])).map((path) => (path.startsWith('-') ? `./${path}` : path))
}
