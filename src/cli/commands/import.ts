/** `heddle import`: makes a project of a workflow trace in WfFormat. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { importWfFormat } from '../../pipeline/wfformat/import.ts'
import { addExamples, type Context } from '../context.ts'
import { furnishProject, refuseToOverwrite } from '../new-project.ts'
import { PACKAGE_FOLDER } from '../version.ts'

const REPLAY_FILE = join(PACKAGE_FOLDER, 'templates', 'wfformat', 'replay.ts')

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('<file>', 'a workflow trace in WfFormat 1.5 (JSON)')
    .argument('[folder]', 'the new project (default: a folder called like the file)')
  addExamples(command, [
    ['heddle import montage.json', 'a project in montage/ that replays the trace'],
    ['heddle import montage.json big', 'the same in big/'],
  ])
}

/** Makes the project. */
export async function run(context: Context, command: Command): Promise<number> {
  const [file = '', asked] = command.args
  const name = asked ?? basename(file).replace(/(?:\.wf)?\.json$/iu, '')
  const folder = resolve(name)
  const text = readTraceFile(file)
  refuseToOverwrite(folder, name)
  const { files, summary, warnings } = withFileName(file, () => importWfFormat(text, { name: basename(folder) }))
  mkdirSync(folder, { recursive: true })
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content)
  cpSync(REPLAY_FILE, join(folder, 'replay.ts'))
  furnishProject(folder)
  const { terminal } = context
  for (const warning of warnings) terminal.note(`${terminal.noteStyle('yellow', 'warning')}: ${warning}`)
  if (context.json) {
    terminal.print(JSON.stringify({ ...summary, project: folder, warnings }))
    return EXIT.done
  }
  const here = relative(process.cwd(), folder)
  const enter = here === '' ? '' : `cd ${here} && `
  const { tasks, files: fileCount, edges } = summary
  terminal.print(
    `made ${terminal.style('bold', here === '' ? 'a project here' : here)} from a trace of ${tasks} tasks, ${fileCount} files and ${edges} edges. Next:`,
  )
  terminal.print(`  ${enter}heddle plan                      see its graph`)
  terminal.print(`  ${enter}heddle run --param time_scale=0  replay it without the waiting`)
  return EXIT.done
}

function readTraceFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new HeddleError('file-unreadable', `cannot read ${file}: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`, { cause })
  }
}

/** An error about a trace says which file it is about. */
function withFileName<T>(file: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof HeddleError)) throw error
    throw new HeddleError(error.code, `${file}: ${error.message}`, {
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    })
  }
}
