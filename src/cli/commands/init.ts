/** `heddle init`: makes a project from a template. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import { quoteWord } from '../../sites/local/quote.ts'
import { addExamples, type Context } from '../context.ts'
import { furnishProject, refuseToOverwrite } from '../new-project.ts'
import { PIPELINE_FILE, STORE_FOLDER } from '../project.ts'
import { PACKAGE_FOLDER } from '../version.ts'

const TEMPLATES_FOLDER = join(PACKAGE_FOLDER, 'examples')

/** What work leaves behind in an example's own folder and no new project wants. */
const LEFT_OUT = new Set([STORE_FOLDER, 'output', 'node_modules', '__pycache__'])

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('<name>', 'the new folder; `.` for this one')
    .option(
      '--template <template>',
      `what to start from: ${templates().join(', ')} (default: the one called like the folder, or else minimal)`,
    )
  addExamples(command, [
    ['heddle init climate', 'an example with real weather data'],
    ['heddle init mine --template minimal', 'a small start of your own'],
  ])
}

/** Makes the folder. */
export async function run(context: Context, command: Command): Promise<number> {
  const name = command.args[0] as string
  const folder = resolve(name)
  const template = chooseTemplate(command.opts<{ template?: string }>().template, basename(folder))
  refuseToOverwrite(folder, name)
  mkdirSync(folder, { recursive: true })
  const from = join(TEMPLATES_FOLDER, template)
  cpSync(from, folder, { recursive: true, filter: (path) => path === from || !LEFT_OUT.has(basename(path)) })
  namePipeline(folder)
  furnishProject(folder)
  const { terminal } = context
  if (context.json) terminal.print(JSON.stringify({ project: folder, template, file: PIPELINE_FILE }))
  else if (context.options.quiet !== true) {
    const here = relative(process.cwd(), folder)
    terminal.print(`made ${terminal.style('bold', here === '' ? 'a project here' : here)} from the template ${template}. Next:`)
    if (here !== '') terminal.print(`  ${terminal.style('cyan', `cd ${quoteWord(here)}`)}`)
    terminal.print(`  ${terminal.style('cyan', 'heddle plan')}   see what would run`)
    terminal.print(`  ${terminal.style('cyan', 'heddle run')}    run it`)
  }
  return EXIT.done
}

function templates(): string[] {
  return readdirSync(TEMPLATES_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(TEMPLATES_FOLDER, entry.name, PIPELINE_FILE)))
    .map((entry) => entry.name)
    .sort()
}

function chooseTemplate(asked: string | undefined, name: string): string {
  const known = templates()
  if (asked === undefined) return known.includes(name) ? name : 'minimal'
  if (known.includes(asked)) return asked
  throw new HeddleError('unknown-template', `there is no template ${JSON.stringify(asked)}${didYouMean(asked, known)}`, {
    hint: `the templates are ${known.join(', ')}`,
  })
}

/** Gives the pipeline the folder's name, where that is one. */
function namePipeline(folder: string): void {
  const name = basename(folder)
  if (!/^[A-Za-z_][\w-]*$/u.test(name)) return
  const file = join(folder, PIPELINE_FILE)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^name:.*$/mu, `name: ${name}`))
}
