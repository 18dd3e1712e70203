/** Plain tables in columns. */
import { stripVTControlCharacters } from 'node:util'

/** A column of a table. */
export interface TableColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** The table's lines: titles, then rows; columns as wide as their widest cell, two spaces between. */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  title = (text: string): string => text,
): string[] {
  const widths = columns.map((column, c) => Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[c] ?? ''))))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => pad(cell, widths[c] as number, columns[c]?.align ?? 'left'))
      .join('  ')
      .trimEnd()
  return [title(line(columns.map((column) => column.title))), ...rows.map(line)]
}

/** Columns that a text takes on a terminal: no escapes, two for wide characters, none for combining ones. */
export function displayWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: printable ASCII is the common case and needs no look at each character
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length
  let width = 0
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Mark}|\p{Cf}/u.test(character)) continue
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1
  }
  return width
}

/** A text filled with spaces to a width. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + space : space + text
}

/** A text without escapes, cut to a width with an ellipsis. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  let used = 0
  for (const character of stripVTControlCharacters(text)) {
    used += displayWidth(character)
    if (used > width - 1) break
    kept += character
  }
  return `${kept}…`
}

/** Text of others (logs, messages) made safe to show: no escapes, no control characters but tab. */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '�')
}
