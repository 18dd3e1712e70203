/** What every command is given, and how a command is written: one module in `commands/`. */
import type { Command } from 'commander'
import { HeddleError } from '../model/errors.ts'
import { type ColorChoice, openTerminal, type Terminal } from './terminal.ts'

/** Flags that every command takes. */
export interface GlobalOptions {
  readonly project?: string
  readonly quiet?: boolean
  readonly color: ColorChoice
  readonly json?: boolean
}

/** The surroundings of a command. */
export interface Context {
  readonly terminal: Terminal
  readonly options: GlobalOptions
  readonly json: boolean
}

/** A command: how it is called, and what it does. */
export interface CommandModule {
  /** Adds arguments, options and examples. */
  define(command: Command): void
  /** Does it; the answer is the exit code. `command.args` and `command.opts()` hold what was asked. */
  run(context: Context, command: Command): Promise<number>
  /** Help that depends on the project, below that of the options. */
  help?(context: Context, command: Command): Promise<string>
}

/** Adds the flags that every command takes. */
export function addGlobalOptions(command: Command): Command {
  return command
    .option('--project <folder>', 'the project folder (default: the one that holds heddle.yaml, here or above)')
    .option('--json', 'print JSON on standard output, and nothing else there')
    .option('-q, --quiet', 'leave out messages that only inform')
    .option('--color <when>', 'auto, always or never', readColor, 'auto')
    .helpOption('-h, --help', 'show this')
}

function readColor(text: string): ColorChoice {
  if (text === 'auto' || text === 'always' || text === 'never') return text
  throw new HeddleError('usage', `--color is auto, always or never, not ${JSON.stringify(text)}`)
}

/** The context that a parsed command asks for. */
export function openContext(options: GlobalOptions): Context {
  return {
    options,
    json: options.json === true,
    terminal: openTerminal({ color: options.color, quiet: options.quiet === true }),
  }
}

/** Help's last part: one way to call the command, or several. */
export function addExamples(command: Command, examples: readonly (readonly [string, string])[]): void {
  const width = Math.max(...examples.map(([line]) => line.length))
  const lines = examples.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`)
  command.addHelpText('after', `\nExample${examples.length === 1 ? '' : 's'}:\n${lines.join('\n')}`)
}

/** A whole number ≥ `least` from the command line. */
export function readCount(flag: string, least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
    throw new HeddleError('usage', `${flag} takes a whole number from ${least}, not ${JSON.stringify(text)}`)
  }
}

/** Collects a flag that may be given several times; each may hold several, with commas between. */
export function collectWords(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ]
}
