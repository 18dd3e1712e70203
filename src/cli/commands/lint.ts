/** `heddle lint`: every problem of a pipeline file at once. */
import type { Command } from 'commander'
import { EXIT } from '../../model/errors.ts'
import { addExamples, type Context } from '../context.ts'
import { findProject } from '../project.ts'
import { readWithRecords } from '../read-project.ts'
import { showProblems } from '../report-error.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[file]', 'the pipeline file (default: heddle.yaml, here or above)').option('-f, --file <file>', 'the same')
  addExamples(command, [['heddle lint', 'check heddle.yaml']])
}

/** Checks the file. */
export async function run(context: Context, command: Command): Promise<number> {
  const place = findProject({ project: context.options.project, file: command.args[0] ?? command.opts<{ file?: string }>().file })
  const { problems } = await readWithRecords(place)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (context.json) context.terminal.print(JSON.stringify({ ok: errors === 0, problems }))
  else {
    showProblems(problems, context.terminal)
    if (errors === 0)
      context.terminal.print(
        `${place.shown} is well formed${problems.length > 0 ? `, with ${problems.length} warning${problems.length === 1 ? '' : 's'}` : ''}`,
      )
    else context.terminal.info(`${errors} error${errors === 1 ? '' : 's'}`)
  }
  return errors === 0 ? EXIT.done : EXIT.request
}
