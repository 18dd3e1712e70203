/** Errors of an expression, with the line and a caret under the place. */
import { HeddleError } from '../../model/errors.ts'

/** A part of the text, in UTF-16 units: `[start, end)`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Longest piece of a line that is shown on either side of the place. */
const SHOWN = 80

/** `expression-syntax`: the text is no expression; `expression-semantic`: its names, types or binds do not fit. */
export type ExpressionErrorCode = 'expression-syntax' | 'expression-semantic'

/** An error about one place of an expression; its `lines` show the place. */
export function expressionError(code: ExpressionErrorCode, text: string, span: Span, message: string, hint?: string): HeddleError {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1
  const newline = text.indexOf('\n', lineStart)
  const lineEnd = newline < 0 ? text.length : newline
  const line = text.slice(0, lineStart).split('\n').length
  const column = Array.from(text.slice(lineStart, span.start)).length + 1
  const place = text.includes('\n') ? `line ${line}, column ${column}` : `column ${column}`

  const from = Math.max(lineStart, span.start - SHOWN)
  const to = Math.min(lineEnd, Math.max(span.start, lineStart) + SHOWN)
  const before = `${from > lineStart ? '…' : ''}${text.slice(from, span.start)}`
  const shown = `${before}${text.slice(span.start, to)}${to < lineEnd ? '…' : ''}`
  const width = Math.max(1, Array.from(text.slice(span.start, Math.min(span.end, to))).length)
  // Tabs stay tabs, so that the caret stands right whatever their width.
  const indent = before.replace(/[^\t]/gu, ' ')
  return new HeddleError(code, `${place}: ${message}`, {
    lines: [shown.replaceAll('\r', '␍'), indent + '^'.repeat(width)],
    ...(hint === undefined ? {} : { hint }),
  })
}
