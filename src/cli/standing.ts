/** How things stand in a project: what `heddle` alone says there. */
import { EXIT } from '../model/errors.ts'
import type { Context } from './context.ts'
import type { ProjectPlace } from './project.ts'
import { readProject } from './read-project.ts'
import { showProblems } from './report-error.ts'

/** Says what the project is and what comes next. */
export async function showStanding({ terminal }: Context, place: ProjectPlace): Promise<number> {
  const { pipeline, problems } = await readProject(place)
  if (pipeline === undefined) {
    showProblems(problems, terminal)
    return EXIT.request
  }
  terminal.print(`${terminal.style('bold', pipeline.name)}${pipeline.description === undefined ? '' : `: ${pipeline.description}`}`)
  terminal.print(`  ${place.shown}: ${count(pipeline.tasks.length, 'task')}, ${count(pipeline.datasets.length, 'dataset type')}`)
  terminal.print()
  terminal.print('Next:')
  terminal.print(`  ${terminal.style('cyan', 'heddle plan')}     what would run, and why`)
  terminal.print(`  ${terminal.style('cyan', 'heddle run')}      run it`)
  terminal.print(`  ${terminal.style('cyan', 'heddle --help')}   all commands`)
  return EXIT.done
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
