/** `heddle` alone and `heddle --help`. */
import { EXIT } from '../model/errors.ts'
import { COMMANDS, GROUPS } from './command-table.ts'
import { openContext } from './context.ts'
import { findProjectHere } from './project.ts'
import { VERSION } from './version.ts'

/** Says what Heddle is and the next three commands, or how things stand in the project around. */
export async function showWelcome(flags: readonly string[]): Promise<number> {
  const context = openContext({ color: 'auto', quiet: flags.includes('--quiet'), json: flags.includes('--json') })
  const { terminal } = context
  const project = findProjectHere()
  if (project !== undefined) {
    const { showStanding } = await import('./standing.ts')
    return showStanding(context, project)
  }
  terminal.print(`${terminal.style('bold', 'heddle')} ${VERSION}`)
  terminal.print('Plans, runs and records scientific work: you see every unit of work before it runs,')
  terminal.print('nothing is computed twice, and every result knows what it was made from.')
  terminal.print()
  terminal.print('Next:')
  terminal.print(`  ${terminal.style('cyan', 'heddle init climate')}   make an example project with real data, then cd climate`)
  terminal.print(`  ${terminal.style('cyan', 'heddle plan')}           see what would run there, and why`)
  terminal.print(`  ${terminal.style('cyan', 'heddle run')}            run it`)
  terminal.print()
  terminal.print('`heddle --help` lists all commands.')
  return EXIT.done
}

/** The list of commands. */
export function showHelp(flags: readonly string[]): number {
  const { terminal } = openContext({ color: 'auto', quiet: flags.includes('--quiet') })
  terminal.print('Usage: heddle COMMAND [options]')
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  for (const [group, title] of Object.entries(GROUPS)) {
    terminal.print(`\n${terminal.style('bold', title)}`)
    for (const { name, summary, group: own } of COMMANDS) {
      if (own === group) terminal.print(`  ${terminal.style('cyan', name.padEnd(width))}  ${summary}`)
    }
  }
  terminal.print('\nEvery command takes --help (with an example), --json, --project FOLDER, --quiet and --color WHEN.')
  terminal.print('Exit codes: 0 done, 1 some work failed, 2 the request is wrong, 3 a site or server could not be reached,')
  terminal.print('70 a fault in Heddle, 130 interrupted.')
  terminal.print('\nExample:\n  heddle plan --where "station = \'seattle\' and year > 2012"')
  return EXIT.done
}
