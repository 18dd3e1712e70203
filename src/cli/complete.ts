/** What may stand at a place of a command line. */
import { Command } from 'commander'
import { listRuns } from '../store/sqlite/runs.ts'
import { COMMANDS } from './command-table.ts'
import { addGlobalOptions } from './context.ts'
import { findProjectHere } from './project.ts'
import { readProject } from './read-project.ts'
import { openSession } from './session.ts'

/** Fixed words that follow a flag or stand as the first argument of a command. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  '--color': ['auto', 'always', 'never'],
  '--site': ['local'],
  '--rerun-on': ['code', 'config', 'inputs', 'environment'],
  '--graph': ['dot', 'mermaid', 'svg'],
  '--of': ['tasks', 'datasets', 'quanta'],
  completion: ['bash', 'zsh', 'fish'],
  query: ['dimensions', 'datasets', 'quanta', 'jobs', 'runs'],
  collection: ['list', 'create', 'add', 'remove', 'chain', 'show'],
}

/** Commands whose arguments name quanta, datasets or runs. */
const TAKES_QUANTUM = new Set(['why', 'logs', 'debug', 'accept'])
const TAKES_DATASET = new Set(['get', 'run', 'thread'])
const TAKES_RUN = new Set(['diff', 'status', 'watch', 'report', 'cancel'])

/** Candidates for `words[position]`; `words[0]` is the program. Nothing means: files. */
export async function completions(words: readonly string[], position: number): Promise<readonly string[]> {
  const current = words[position] ?? ''
  const start = (candidates: readonly string[]): string[] => candidates.filter((candidate) => candidate.startsWith(current))
  const name = words.slice(1, position).find((word) => !word.startsWith('-'))
  const entry = COMMANDS.find((command) => command.name === name)
  if (entry === undefined) return start(current.startsWith('-') ? ['--help', '--version'] : COMMANDS.map((command) => command.name))
  const previous = words[position - 1] ?? ''
  if (FIXED[previous] !== undefined) return start(FIXED[previous])
  if (previous === '--tasks' || previous === '--force') return start(await namesOf('tasks'))
  if (previous === '--param') return start((await namesOf('parameters')).map((parameter) => `${parameter}=`))
  if (previous === '--run') return start(['last', 'last~1', ...(await runNames())])
  if (current.startsWith('-')) {
    const command = new Command()
    ;(await entry.load()).define(command)
    return start(
      addGlobalOptions(command)
        .options.flatMap(({ long }) => long ?? [])
        .concat('--help'),
    )
  }
  if (entry.name === 'query' && words.slice(2, position).includes('dimensions')) return start(await namesOf('dimensions'))
  if (TAKES_QUANTUM.has(entry.name)) return start(await namesOf('tasks'))
  if (TAKES_DATASET.has(entry.name)) return start(await namesOf('datasets'))
  if (TAKES_RUN.has(entry.name)) return start(['last', 'last~1', ...(await runNames())])
  return []
}

async function namesOf(kind: 'tasks' | 'datasets' | 'parameters' | 'dimensions'): Promise<string[]> {
  const place = findProjectHere()
  if (place === undefined) return []
  return (await readProject(place)).pipeline?.[kind].map(({ name }) => name) ?? []
}

async function runNames(): Promise<string[]> {
  if (findProjectHere() === undefined) return []
  const session = openSession({ options: { color: 'never' } })
  try {
    return listRuns(session.database, 50).map(({ name }) => name)
  } finally {
    session.close()
  }
}
