/** Records as they were read, before they have types: columns of cells, and where each cell stands. */
import type { Position } from '../../model/errors.ts'

/** Cells of a records file or of an inline list. */
export interface RawRecords {
  /** `text`: cells are strings, an empty one is NULL (CSV). `json`: cells are JSON values; undefined and null are NULL. */
  readonly cells: 'text' | 'json'
  readonly names: readonly string[]
  readonly rows: number
  /** One list a name. */
  readonly columns: readonly (readonly unknown[])[]
  /** Where a cell stands; without a name, where its row begins; row -1 is the header. Slow: only for messages. */
  locate(row: number, name?: string): Position
  /** Said before a message about a row, where its place does not tell the row. */
  label(row: number): string
}

/** Line and column, both from 1, of an offset in a text. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1
  let start = 0
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) {
    line++
    start = next + 1
  }
  return { line, column: offset - start + 1 }
}
