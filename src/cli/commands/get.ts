/** `heddle get`: brings a dataset out of the store. */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { formatBytes } from '../../model/units.ts'
import { makeWritable } from '../../repository/objects/copy-tree.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { addExamples, type Context } from '../context.ts'
import { contentInRun, contentNow, contentPlanned, type DatasetContent } from '../dataset-content.ts'
import { datasetNamed } from '../named.ts'
import { planSession } from '../plan/plan-session.ts'
import { collectParameters, type PlanningOptions } from '../planning-options.ts'
import { readRun } from '../run-record.ts'
import { openPipelineSession, type Session } from '../session.ts'
import { writeBytes } from '../terminal.ts'

interface GetOptions extends Pick<PlanningOptions, 'file' | 'param'> {
  readonly run?: string
  readonly force?: boolean
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('<id>', 'a dataset, or a quantum with one output')
    .argument('[file]', 'where to put it (default: standard output)')
    .option('--run <run>', 'as it was in this run (default: the newest)')
    .option('--force', 'replace a file that is there')
    .option('--param <name=value>', 'as it is for this parameter, if it was ever made so', collectParameters)
    .option('-f, --file <file>', 'the pipeline file (default: heddle.yaml)')
  addExamples(command, [
    ['heddle get yearly@station=Seattle,year=2012', 'print it'],
    ['heddle get chart old.svg --run last~1', 'as it was one run ago, into a file'],
  ])
}

/** Writes it. */
export async function run(context: Context, command: Command): Promise<number> {
  const options = command.opts<GetOptions>()
  const [id = '', target] = command.args
  const session = await openPipelineSession({ options: context.options, file: options.file, param: options.param })
  try {
    const content = find(session, id, options)
    const size = sizeOf(content)
    if (target !== undefined && target !== '-') put(content, target, options.force === true)
    if (context.json) context.terminal.print(JSON.stringify({ id: content.id, digest: content.digest, size, file: target ?? null }))
    else if (target === undefined || target === '-') show(context, bytesOf(content))
    else context.terminal.info(`${content.id} is in ${target}, ${formatBytes(size)}`)
    return EXIT.done
  } finally {
    session.close()
  }
}

/** The bytes as they are; a terminal's prompt begins a line of its own. */
function show({ terminal }: Context, bytes: Uint8Array): void {
  writeBytes(1, bytes)
  if (terminal.interactive && bytes.at(-1) !== 0x0a) terminal.print()
}

function find(session: Session, id: string, options: GetOptions): DatasetContent {
  if (options.run !== undefined) {
    const record = readRun(session, resolveRun(session.database, options.run))
    return contentInRun(session, record, datasetNamed(record.graph, id))
  }
  const plan = planSession(session, {})
  const d = datasetNamed(plan.graph, id)
  return options.param === undefined ? contentNow(session, plan, d) : contentPlanned(session, plan, d)
}

function sizeOf({ inline, path }: DatasetContent): number {
  return inline?.length ?? statSync(path as string).size
}

function bytesOf({ id, inline, path }: DatasetContent): Uint8Array {
  if (inline !== undefined) return inline
  if (statSync(path as string).isDirectory()) throw new HeddleError('usage', `${id} is a folder; name the folder to put it into`)
  return readFileSync(path as string)
}

function put({ inline, path }: DatasetContent, target: string, force: boolean): void {
  if (existsSync(target) && !force)
    throw new HeddleError('exists', `${target} is there already`, { hint: 'choose another name, or --force' })
  mkdirSync(dirname(target), { recursive: true })
  if (inline !== undefined) writeFileSync(target, inline)
  else if (statSync(path as string).isDirectory()) cpSync(path as string, target, { recursive: true, verbatimSymlinks: true })
  else copyFileSync(path as string, target)
  makeWritable(target)
}
