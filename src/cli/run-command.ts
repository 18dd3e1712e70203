/** Parses the words behind a command's name and runs it. */
import { Command, CommanderError } from 'commander'
import { EXIT, HeddleError } from '../model/errors.ts'
import type { CommandEntry } from './command-table.ts'
import { addGlobalOptions, type CommandModule, type Context, openContext } from './context.ts'
import { optionOfOthers } from './other-tools-words.ts'
import { OutputClosed, writeAll } from './terminal.ts'
import { VERSION } from './version.ts'

/** Runs a command of the table with the words behind its name; the answer is the exit code. */
export async function runCommand(entry: CommandEntry, words: readonly string[]): Promise<number> {
  const module = await entry.load()
  const command = commandOf(entry, module)
  try {
    if (module.help !== undefined && (words.includes('--help') || words.includes('-h'))) {
      const extra = await projectHelp(entry, module, words)
      if (extra !== '') command.addHelpText('after', `\n${extra}`)
    }
    await command.parseAsync([...words], { from: 'user' })
    return await module.run(openContext(command.opts()), command)
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.done
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return EXIT.done
    throw new HeddleError('usage', usageMessage(error.message), { hint: usageHint(entry.name, words, error) })
  }
}

/** What commander says, in our form: one line, and the suggestion as everywhere else. */
function usageMessage(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replace(/\s*\(Did you mean (?:one of )?(.+)\?\)$/s, '; did you mean $1?')
}

function usageHint(command: string, words: readonly string[], { code, message }: CommanderError): string {
  const call = `\`heddle ${command} --help\` shows how it is called`
  if (code !== 'commander.unknownOption') return call
  const option = /'([^']+)'/.exec(message)?.[1] ?? ''
  const here = optionOfOthers(words.find((word) => word.startsWith(option)) ?? option)
  return here === undefined ? call : `${here}; ${call}`
}

/** The command with its arguments and options, not yet parsed. */
export function commandOf(entry: CommandEntry, module: CommandModule): Command {
  const command = new Command(`heddle ${entry.name}`)
    .usage(`${entry.usage} [options]`.trim())
    .description(entry.summary.charAt(0).toUpperCase() + entry.summary.slice(1))
    .version(VERSION, '--version', 'print the version')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: (text) => writeAll(1, text) })
    .action(() => undefined)
  module.define(command)
  return addGlobalOptions(command)
}

/** What the project adds to a command's help; nothing where there is no readable project. */
async function projectHelp(entry: CommandEntry, module: CommandModule, words: readonly string[]): Promise<string> {
  const command = commandOf(entry, module).allowExcessArguments().allowUnknownOption()
  try {
    await command.parseAsync(
      words.filter((word) => word !== '--help' && word !== '-h'),
      { from: 'user' },
    )
    const context: Context = openContext(command.opts())
    return (await module.help?.(context, command)) ?? ''
  } catch (error) {
    // Help is never refused because the project or the rest of the line is wrong.
    if (error instanceof HeddleError || error instanceof CommanderError) return ''
    throw error
  }
}
