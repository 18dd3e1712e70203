/** The entry of the command line: finds the command, loads it alone, and turns whatever happens into an exit code. */
import { EXIT, HeddleError } from '../model/errors.ts'
import { VERSION } from './version.ts'

/** Flags that take the next word, so that the command can be found behind them. */
const TAKES_A_WORD = new Set(['--project', '--color', '-f', '--file'])

/** Flags that `heddle` knows without a command. */
const ALONE = new Set([...TAKES_A_WORD, '--help', '-h', '--json', '--quiet', '-q'])

const VERSION_FLAGS = new Set(['--version', '-V', '-v'])

/** Runs one command line (without node and script); the answer is the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const at = commandPosition(argv)
  const word = argv[at]
  const rest = argv.filter((_, i) => i !== at)
  if (word === undefined ? argv.some((flag) => VERSION_FLAGS.has(flag)) : word === 'version' && argv.length === 1) {
    const { writeAll } = await import('./terminal.ts')
    writeAll(1, `heddle ${VERSION}\n`)
    return EXIT.done
  }
  try {
    if (word !== undefined && word !== 'help') return await dispatch(word, rest)
    const named = word === 'help' ? rest.find((flag) => !flag.startsWith('-')) : undefined
    if (named !== undefined) return await dispatch(named, ['--help'])
    const { showHelp, showWelcome } = await import('./welcome.ts')
    const strange = rest.find(
      (flag, i) => flag.startsWith('-') && !ALONE.has(flag.split('=')[0] as string) && !TAKES_A_WORD.has(rest[i - 1] ?? ''),
    )
    if (strange !== undefined) throw new HeddleError('usage', `unknown option '${strange}'`, { hint: '`heddle --help` lists the commands' })
    const asksForHelp = word === 'help' || rest.includes('--help') || rest.includes('-h')
    return await (asksForHelp ? showHelp(rest) : showWelcome(rest))
  } catch (error) {
    const { reportError } = await import('./report-error.ts')
    return reportError(error, argv)
  }
}

function commandPosition(argv: readonly string[]): number {
  for (let i = 0; i < argv.length; i++) {
    const flag = argv[i] as string
    if (TAKES_A_WORD.has(flag)) i++
    else if (!flag.startsWith('-')) return i
  }
  return argv.length
}

async function dispatch(word: string, rest: readonly string[]): Promise<number> {
  const [{ COMMANDS }, { runCommand }] = await Promise.all([import('./command-table.ts'), import('./run-command.ts')])
  const entry = COMMANDS.find(({ name }) => name === word)
  if (entry !== undefined) return runCommand(entry, rest)
  const [{ didYouMean }, { commandOfOthers }] = await Promise.all([import('../model/nearest.ts'), import('./other-tools-words.ts')])
  const here = commandOfOthers(word)
  const meant =
    here === undefined
      ? didYouMean(
          word,
          COMMANDS.map(({ name }) => name),
        )
      : ''
  throw new HeddleError('unknown-command', `heddle has no command ${JSON.stringify(word)}${meant}`, {
    hint: here ?? '`heddle --help` lists the commands',
  })
}
