/** Many lines on standard output, written in large pieces. */
import type { Terminal } from './terminal.ts'

const PIECE = 1 << 16

/** Prints each line; nothing of a line is lost when the reader is slow. */
export function printLines(terminal: Terminal, lines: Iterable<string>): void {
  let piece = ''
  for (const line of lines) {
    piece += `${line}\n`
    if (piece.length < PIECE) continue
    terminal.write(piece)
    piece = ''
  }
  if (piece !== '') terminal.write(piece)
}
