/** Shows what went wrong on standard error and chooses the exit code. */
import { readFileSync } from 'node:fs'
import { EXIT, formatProblem, HeddleError, type Problem } from '../model/errors.ts'
import { asStoreError } from '../store/sqlite/store-errors.ts'
import { type ColorChoice, OutputClosed, openTerminal, type Terminal } from './terminal.ts'
import { VERSION } from './version.ts'

/** Reports whatever a command threw; the answer is the exit code. */
export function reportError(thrown: unknown, argv: readonly string[]): number {
  const error = asStoreError(thrown, 'the store in .heddle')
  if (error instanceof OutputClosed) return EXIT.done
  const terminal = openTerminal({ color: colorOf(argv), quiet: false })
  if (error instanceof HeddleError) return reportRequest(error, terminal)
  if (isFullDisk(error)) return reportRequest(new HeddleError('disk', (error as Error).message), terminal)
  return reportFault(error, terminal, argv)
}

function reportRequest(error: HeddleError, terminal: Terminal): number {
  if (error.problems.length > 0) showProblems(error.problems, terminal)
  else terminal.note(`${terminal.noteStyle(['bold', 'red'], 'error')} ${error.code}: ${error.message}`)
  for (const line of error.lines) terminal.note(`  ${line}`)
  if (error.hint !== undefined) terminal.note(`${terminal.noteStyle('cyan', 'hint')}: ${error.hint}`)
  if (process.env.HEDDLE_DEBUG && error.stack !== undefined) terminal.note(terminal.noteStyle('dim', error.stack))
  return error.exitCode
}

function reportFault(error: unknown, terminal: Terminal, argv: readonly string[]): number {
  const what = error instanceof Error ? error : new Error(String(error))
  terminal.note(`${terminal.noteStyle(['bold', 'red'], 'a fault in Heddle')}: ${what.message}`)
  if (process.env.HEDDLE_DEBUG) {
    terminal.note(what.stack ?? '')
    if (what.cause !== undefined) terminal.note(`cause: ${what.cause instanceof Error ? what.cause.stack : String(what.cause)}`)
  } else {
    terminal.note(
      `  at ${
        (what.stack ?? '')
          .split('\n')
          .find((line) => line.trim().startsWith('at '))
          ?.trim()
          .slice(3) ?? 'an unknown place'
      }`,
    )
  }
  terminal.note('')
  terminal.note('this is not your mistake: please report it with these lines and what you did')
  terminal.note(`  heddle ${VERSION}, node ${process.version}, ${process.platform} ${process.arch}`)
  terminal.note(`  heddle ${argv.join(' ')}`)
  if (!process.env.HEDDLE_DEBUG) terminal.note('  HEDDLE_DEBUG=1 in front of the command shows the whole stack')
  return EXIT.fault
}

/** Shows problems of files that a person wrote, on a terminal with the line and a caret. */
export function showProblems(problems: readonly Problem[], terminal: Terminal): void {
  for (const problem of problems) {
    const color = problem.severity === 'error' ? 'red' : 'yellow'
    const plain = formatProblem(problem)
    const mark = `: ${problem.severity} `
    terminal.note(plain.replace(mark, () => `: ${terminal.noteStyle(['bold', color], problem.severity)} `))
    if (!terminal.noteInteractive) continue
    const line = sourceLine(problem)
    if (line === undefined) continue
    terminal.note(`  ${line}`)
    terminal.note(`  ${caretIndent(line, problem.column)}${terminal.noteStyle(color, '^')}`)
  }
}

function sourceLine(problem: Problem): string | undefined {
  try {
    const lines = readFileSync(problem.file, 'utf8').split(/\r\n|\r|\n/)
    return lines[problem.line - 1]?.slice(0, 400)
  } catch {
    // The message stands without the line: the file may be gone, a folder or too large.
    return undefined
  }
}

function caretIndent(line: string, column: number): string {
  return line
    .slice(0, column - 1)
    .replace(/[^\t]/g, ' ')
    .padEnd(column - 1)
}

function isFullDisk(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  return code === 'ENOSPC' || code === 'EROFS' || code === 'EDQUOT'
}

function colorOf(argv: readonly string[]): ColorChoice {
  const joined = argv.find((word) => word.startsWith('--color='))?.slice('--color='.length)
  const choice = joined ?? (argv.includes('--color') ? argv[argv.indexOf('--color') + 1] : undefined)
  return choice === 'always' || choice === 'never' ? choice : 'auto'
}
