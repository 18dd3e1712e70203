/** `heddle ingest`: registers files as datasets that no task makes. */
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { parseId } from '../../model/ids.ts'
import { formatBytes } from '../../model/units.ts'
import { ingest } from '../../repository/ingest.ts'
import { addExamples, type Context } from '../context.ts'
import { printLines } from '../lines.ts'
import { openPipelineSession } from '../session.ts'

interface IngestOptions {
  readonly template?: string
  readonly copy?: boolean
  readonly file?: string
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('<type|dataset>', 'a dataset type whose data IDs stand in the paths, or the id of one dataset')
    .argument('<files...>', 'the files (or folders) to register')
    .option('--template <template>', "where the data ID stands in the paths, such as '{station}-{year}.csv' (default: the type's path:)")
    .option('--copy', 'copy the files into the store, so that they may go away')
    .option('-f, --file <file>', 'the pipeline file (default: heddle.yaml)')
  addExamples(command, [
    ["heddle ingest readings --template '{station}/{year}.csv' /data/*/*.csv", 'many, where they lie'],
    ['heddle ingest readings@station=Seattle,year=2012 new.csv --copy', 'one, copied'],
  ])
}

/** Registers all of them or none. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<IngestOptions>()
  const [name = '', ...files] = command.args
  const { name: type, values } = parseId(name)
  const isOne = Object.keys(values).length > 0
  const session = await openPipelineSession({ options: context.options, file: options.file, keeps: true })
  try {
    const declared = session.pipeline.datasets.find((candidate) => candidate.name === type)
    if (isOne && files.length > 1) {
      throw new HeddleError('usage', `${name} is one dataset, but ${files.length} files were given`)
    }
    const dataId = isOne || declared?.dimensions.length === 0 ? values : undefined
    const { folder } = session.place
    const { pipeline, database, objects, digests } = session
    const ingested = ingest(
      { folder, pipeline, database, objects, digests },
      { type, files, from: process.cwd(), dataId, template: options.template, copy: options.copy === true, at: Date.now() },
    )
    digests.flush()
    const { terminal } = context
    if (context.json) {
      printLines(
        terminal,
        ingested.map(({ id, path, digest, size, replaced }) => JSON.stringify({ id, path, digest, size, replaced })),
      )
    } else {
      for (const { id, path, size, replaced } of ingested.slice(0, 20))
        terminal.print(`${id}  ${path}, ${formatBytes(size)}${replaced ? ' (replaces other content)' : ''}`)
      if (ingested.length > 20) terminal.print(`… ${ingested.length} in all`)
    }
    return EXIT.done
  } finally {
    session.close()
  }
}
