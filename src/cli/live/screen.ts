/** A few lines at the bottom of a terminal that are drawn again and again, with text that scrolls by above them. */
import { displayWidth } from '../table.ts'
import type { Terminal } from '../terminal.ts'

/** The bottom lines. */
export interface Screen {
  /** Draws these lines in place of the last ones; nothing happens when they are the same. */
  draw(lines: readonly string[]): void
  /** Writes text above the lines, to stay. */
  above(text: string): void
  /** Leaves the last lines where they are (`keep`) or takes them away, and shows the cursor. */
  close(keep: boolean): void
}

const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'
const CLEAR_BELOW = '\u001b[J'

/** Takes the bottom of the terminal. */
export function openScreen(terminal: Terminal): Screen {
  let drawn: readonly string[] = []
  let drawnWidth = terminal.width()
  terminal.write(HIDE_CURSOR)

  /** Moves to where the first drawn line begins. After a resize a line may have come to stand on several rows. */
  const rewind = (): string => {
    const width = terminal.width()
    let rows = 0
    for (const line of drawn) rows += width < drawnWidth ? Math.max(1, Math.ceil(displayWidth(line) / width)) : 1
    drawnWidth = width
    return rows === 0 ? '' : `\r\u001b[${rows}A${CLEAR_BELOW}`
  }
  const put = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

  return {
    draw: (lines) => {
      if (terminal.width() === drawnWidth && lines.length === drawn.length && lines.every((line, i) => line === drawn[i])) return
      const text = rewind() + put(lines)
      drawn = lines
      terminal.write(text)
    },
    above: (text) => {
      terminal.write(`${rewind()}${text.endsWith('\n') ? text : `${text}\n`}${put(drawn)}`)
    },
    close: (keep) => {
      terminal.write(`${keep ? '' : rewind()}${SHOW_CURSOR}`)
      drawn = []
    },
  }
}
