/**
 * Records commands in a real terminal (tmux) as an SVG that plays them back; readers who ask for less motion see the end.
 *
 * `node scripts/record-terminal.ts FILE.svg FOLDER COMMAND…` runs the commands one after the other in FOLDER.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Frame, film } from './terminal-svg.ts'

const COLUMNS = 96
const ROWS = 28
const FRAME_MS = 80
const LONGEST_MS = 120_000
const PROMPT = '$'

/** A terminal that nobody sees. */
class Terminal implements Disposable {
  readonly #home = mkdtempSync(join(tmpdir(), 'heddle-terminal-'))

  constructor(folder: string) {
    // A shell's own start file: the PS1 of the environment is not taken by every sh.
    writeFileSync(join(this.#home, 'start'), `PS1='${PROMPT} '\n`)
    const variables = { HOME: this.#home, ENV: join(this.#home, 'start'), PATH: env['PATH'], COLORTERM: 'truecolor', LC_ALL: 'C.UTF-8' }
    const environment = Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`])
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', `${COLUMNS}`, '-y', `${ROWS}`, '-c', folder, ...environment, 'sh')
  }

  #tmux(...words: string[]): string {
    return execFileSync('tmux', ['-S', join(this.#home, 'socket'), ...words], { encoding: 'utf8' })
  }

  /** What the screen shows, one string a line, with its colours as escape sequences. */
  screen(): string[] {
    return this.#tmux('capture-pane', '-e', '-p').replace(/\n+$/, '').split('\n')
  }

  /** True when the shell waits for a command. */
  idle(): boolean {
    return this.#tmux('capture-pane', '-p').trimEnd().split('\n').at(-1) === PROMPT
  }

  type(text: string): void {
    this.#tmux('send-keys', '-l', text)
  }

  enter(): void {
    this.#tmux('send-keys', 'Enter')
  }

  [Symbol.dispose](): void {
    this.#tmux('kill-server')
    rmSync(this.#home, { recursive: true, force: true })
  }
}

async function record(folder: string, commands: readonly string[]): Promise<Frame[]> {
  using terminal = new Terminal(folder)
  const frames: Frame[] = []
  const look = (forMs: number): void => void frames.push({ lines: terminal.screen(), forMs })
  const deadline = performance.now() + LONGEST_MS
  const idle = (): boolean => {
    if (performance.now() > deadline)
      throw new Error(`no prompt within ${LONGEST_MS / 1000} s; the screen:\n${terminal.screen().join('\n')}`)
    return terminal.idle()
  }
  while (!idle()) await wait(FRAME_MS)
  for (const command of commands) {
    look(500)
    for (const letter of command) {
      terminal.type(letter)
      await wait(10)
      look(35)
    }
    look(400)
    terminal.enter()
    do {
      await wait(FRAME_MS)
      look(FRAME_MS)
    } while (!idle())
    look(2500)
  }
  look(3500)
  return frames
}

const [file, folder, ...commands] = argv.slice(2)
if (file === undefined || folder === undefined || commands.length === 0) {
  console.error('usage: node scripts/record-terminal.ts FILE.svg FOLDER COMMAND…')
  process.exitCode = 2
} else {
  const frames = await record(folder, commands)
  writeFileSync(file, film(frames, { columns: COLUMNS, title: `A terminal: ${commands.join(', then ')}` }))
}
