/** How things stand in a project: what `heddle` alone says there. */
import { EXIT } from '../model/errors.ts'
import { formatSeconds } from '../model/units.ts'
import { listRuns, type RunRow } from '../store/sqlite/runs.ts'
import type { Context } from './context.ts'
import { stateOf } from './engine-alive.ts'
import { formatCount } from './format-count.ts'
import { describeCounts } from './live/view.ts'
import type { ProjectPlace } from './project.ts'
import { readProject } from './read-project.ts'
import { showProblems } from './report-error.ts'
import { openSession } from './session.ts'

/** Says what the project is, how its last run went, and what comes next. */
export async function showStanding(context: Context, place: ProjectPlace): Promise<number> {
  const { terminal } = context
  const session = openSession({ options: { ...context.options, project: place.folder } })
  try {
    const { pipeline, problems } = await readProject(place)
    const last = listRuns(session.database, 1)[0]
    const state = last === undefined ? undefined : stateOf(session, last)
    if (context.json) {
      terminal.print(
        JSON.stringify({
          project: place.folder,
          pipeline: pipeline?.name ?? null,
          problems,
          last: last === undefined ? null : { run: last.name, state },
        }),
      )
      return pipeline === undefined ? EXIT.request : EXIT.done
    }
    if (pipeline === undefined) {
      showProblems(problems, terminal)
      return EXIT.request
    }
    terminal.print(`${terminal.style('bold', pipeline.name)}${pipeline.description === undefined ? '' : `: ${pipeline.description}`}`)
    terminal.print(`  ${place.shown}: ${counted(pipeline.tasks.length, 'task')}, ${counted(pipeline.datasets.length, 'dataset type')}`)
    terminal.print(`  ${last === undefined ? 'nothing was run here yet' : lastText(last, state as string)}`)
    terminal.print()
    terminal.print('Next:')
    for (const [command, what] of nextCommands(state)) terminal.print(`  ${terminal.style('cyan', command.padEnd(14))}  ${what}`)
    return EXIT.done
  } finally {
    session.close()
  }
}

function lastText(run: RunRow, state: string): string {
  const ago = formatSeconds(Math.max(0, (Date.now() - (run.finished ?? run.started)) / 1000))
  if (state === 'running') return `run ${run.name} goes on, since ${ago}`
  return `last run ${run.name}: ${state} ${ago} ago${run.counts === null ? '' : `, ${describeCounts(run.counts)}`}`
}

function nextCommands(state: string | undefined): readonly (readonly [string, string])[] {
  const all = ['heddle --help', 'all commands'] as const
  switch (state) {
    case 'running':
      return [['heddle watch', 'see how it goes'], ['heddle cancel', 'end it'], all]
    case 'failed':
      return [['heddle logs', 'why it failed'], ['heddle run', 'again: only what is missing runs'], all]
    case 'cancelled':
    case 'interrupted':
      return [['heddle run', 'go on where it stopped'], ['heddle status', 'how far it came'], all]
    case 'completed':
      return [['heddle plan', 'what would run now, and why'], ['heddle report', 'a page about the last run'], all]
    default:
      return [['heddle plan', 'what would run, and why'], ['heddle run', 'run it'], all]
  }
}

function counted(n: number, what: string): string {
  return `${formatCount(n)} ${what}${n === 1 ? '' : 's'}`
}
