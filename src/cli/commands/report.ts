/** `heddle report`: a run as one page. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { formatBytes } from '../../model/units.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { renderReport } from '../../thread/report/render.ts'
import { addExamples, type Context } from '../context.ts'
import { collectReport } from '../report/collect.ts'
import { openSession } from '../session.ts'

interface ReportOptions {
  readonly file?: string
  readonly output?: string
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('[run]', 'the run (default: the last one)')
    .option('-o, --output <file>', 'where the page goes; - is standard output (default: RUN.html, here)')
    .option('-f, --file <file>', 'the pipeline file (default: heddle.yaml)')
  addExamples(command, [
    ['heddle report -o report.html', 'the last run as one page that needs no network'],
    ['heddle report last~1', 'the one before it, in a file of its name'],
  ])
}

/** Writes the page. */
export async function run({ options, terminal, json }: Context, command: Command): Promise<number> {
  const asked = command.opts<ReportOptions>()
  const session = openSession({ options, file: asked.file })
  try {
    const row = resolveRun(session.database, command.args[0] ?? 'last')
    const page = renderReport(await collectReport(session, row, Date.now()))
    const output = asked.output ?? `${row.name}.html`
    if (output === '-') {
      if (json) throw new HeddleError('usage', '--json and -o - both want standard output', { hint: 'name a file with -o' })
      terminal.write(page)
      return EXIT.done
    }
    const file = resolve(output)
    write(file, page, output)
    const bytes = Buffer.byteLength(page)
    if (json) terminal.print(JSON.stringify({ run: row.name, file, bytes }))
    else terminal.print(`${output}: run ${row.name}, ${formatBytes(bytes)}; open it in any browser`)
    return EXIT.done
  } finally {
    session.close()
  }
}

function write(file: string, page: string, shown: string): void {
  try {
    writeFileSync(file, page)
  } catch (cause) {
    throw new HeddleError('file-unwritable', `the report cannot be written to ${shown}: ${(cause as Error).message}`, {
      cause,
      hint: 'name another file with -o',
    })
  }
}
