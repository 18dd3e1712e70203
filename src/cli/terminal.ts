/** Where a command writes: lines on standard output, messages on standard error, colour where a person looks. */
import { writeSync } from 'node:fs'
import { isatty, type WriteStream } from 'node:tty'
import { styleText } from 'node:util'

/** The styles that commands use; each also reads without colour. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan'

/** When to colour. */
export type ColorChoice = 'auto' | 'always' | 'never'

/** Thrown when nobody reads standard output any more (`heddle … | head`); ends the command quietly. */
export class OutputClosed extends Error {}

/** A command's output. */
export interface Terminal {
  /** Writes a line of the answer to standard output. */
  print(text?: string): void
  /** Writes text as it is to standard output. */
  write(text: string): void
  /** Writes a message to standard error. */
  note(text: string): void
  /** A message that `--quiet` leaves out. */
  info(text: string): void
  /** Text in a style, if standard output shows colour. */
  style(style: Style | readonly Style[], text: string): string
  /** Text in a style, if standard error shows colour. */
  noteStyle(style: Style | readonly Style[], text: string): string
  /** Whether a person watches: cursor movements make sense on standard output. */
  readonly live: boolean
  /** Whether standard output is a terminal, clever or not. */
  readonly interactive: boolean
  readonly noteInteractive: boolean
  /** Width of standard output in columns. */
  width(): number
  /** Height of standard output in rows. */
  height(): number
}

/** Writes everything, waiting where the reader is slow. Throws {@link OutputClosed} when it went away. */
export function writeAll(descriptor: number, text: string): void {
  writeBytes(descriptor, Buffer.from(text))
}

/** Writes all bytes; throws {@link OutputClosed} as well. */
export function writeBytes(descriptor: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EPIPE') throw new OutputClosed()
      if (code !== 'EAGAIN') throw error
      // The pipe is full and does not block: another process made it so.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/** The terminal that this process writes to. */
export function openTerminal(options: { readonly color: ColorChoice; readonly quiet: boolean }): Terminal {
  const interactive = isatty(1)
  const noteInteractive = isatty(2)
  const colored = (tty: boolean): boolean => wantsColor(options.color, tty)
  const paint = (on: boolean) => (style: Style | readonly Style[], text: string) =>
    on && text !== '' ? styleText(style as Style | Style[], text, { validateStream: false }) : text
  const note = (text: string): void => {
    try {
      writeAll(2, `${text}\n`)
    } catch (error) {
      // Nobody reads messages: the answer still counts.
      if (!(error instanceof OutputClosed)) throw error
    }
  }
  // Touched only on a terminal: making the stream of a pipe costs milliseconds.
  const stream = (): WriteStream | undefined => (interactive ? process.stdout : undefined)
  return {
    print: (text = '') => writeAll(1, `${text}\n`),
    write: (text) => writeAll(1, text),
    note,
    info: (text) => {
      if (!options.quiet) note(text)
    },
    style: paint(colored(interactive)),
    noteStyle: paint(colored(noteInteractive)),
    live: interactive && process.env.TERM !== 'dumb',
    interactive,
    noteInteractive,
    width: () => stream()?.columns || Number(process.env.COLUMNS) || 100,
    height: () => stream()?.rows || 24,
  }
}

function wantsColor(choice: ColorChoice, tty: boolean): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (process.env.NO_COLOR) return false
  if (process.env.FORCE_COLOR && process.env.FORCE_COLOR !== '0') return true
  return tty && process.env.TERM !== 'dumb'
}

/** The same terminal for work that goes on when nobody reads its output any more: then it writes no more. */
export function outlivingReader(terminal: Terminal): Terminal {
  let isClosed = false
  const write = (text: string): void => {
    if (isClosed) return
    try {
      terminal.write(text)
    } catch (error) {
      if (!(error instanceof OutputClosed)) throw error
      isClosed = true
    }
  }
  return { ...terminal, write, print: (text = '') => write(`${text}\n`) }
}
