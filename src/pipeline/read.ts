/** Reads a pipeline file: its text, its shape, its names, its meaning; every problem at once. */
import type { Source } from '../model/catalogue.ts'
import { HeddleError, type Problem } from '../model/errors.ts'
import type { Pipeline } from '../model/pipeline.ts'
import { buildDatasets } from './build/datasets.ts'
import { buildDimensions, buildRelations } from './build/dimensions.ts'
import { buildParameters } from './build/parameters.ts'
import { buildTasks } from './build/tasks.ts'
import { checkCommands } from './check/commands.ts'
import { checkConnections } from './check/connections.ts'
import { checkCycles } from './check/cycles.ts'
import { checkNames } from './check/names.ts'
import { checkParameters } from './check/parameters.ts'
import { checkPaths } from './check/paths.ts'
import { checkRecords } from './check/records.ts'
import { checkResources } from './check/resources.ts'
import type { PipelineFile } from './file.ts'
import { ProblemList } from './problem-list.ts'
import { declaredNames, type Reading } from './reading.ts'
import { checkStructure } from './structure.ts'
import { parseYaml } from './yaml-document.ts'

/** Largest pipeline file that is read. */
export const PIPELINE_LIMIT_BYTES = 8 * 2 ** 20

const CHECKS = [checkNames, checkCycles, checkParameters, checkRecords, checkPaths, checkConnections, checkCommands, checkResources]

/** What became of reading a pipeline file; `pipeline` is undefined when any problem is an error. */
export interface ReadPipeline {
  readonly pipeline: Pipeline | undefined
  readonly problems: readonly Problem[]
  /** The pipeline as far as it could be read in spite of errors; only for further checks. */
  readonly draft: Pipeline | undefined
}

/** Reads and checks `file` (relative to the project folder). */
export function readPipeline({ file, source }: { readonly file: string; readonly source: Source }): ReadPipeline {
  const problems = new ProblemList()
  const text = readText(file, source, problems)
  if (text === undefined) return { pipeline: undefined, problems: problems.sorted(), draft: undefined }
  const document = parseYaml(file, text, problems)
  if (document.value === null) {
    if (!problems.hasErrors) problems.error('file-empty', { file, line: 1, column: 1 }, 'the file is empty; expected at least heddle: 1')
    return { pipeline: undefined, problems: problems.sorted(), draft: undefined }
  }
  const declared = declaredNames(document.value)
  if (!checkStructure(document, problems)) return { pipeline: undefined, problems: problems.sorted(), draft: undefined }
  const reading: Reading = { file: document.value as PipelineFile, document, problems, source, declared }
  const pipeline = buildPipeline(file, reading)
  for (const check of CHECKS) check(pipeline, reading)
  return { pipeline: problems.hasErrors ? undefined : pipeline, problems: problems.sorted(), draft: pipeline }
}

function readText(file: string, source: Source, problems: ProblemList): string | undefined {
  const start = { file, line: 1, column: 1 }
  if (/\.[cm]?[jt]s$/.test(file) && source.kind(file) === 'file') {
    problems.error('not-yet', start, 'a pipeline in TypeScript is known to Heddle’s design but not to this version; expected YAML')
    return undefined
  }
  try {
    const text = source.read(file, PIPELINE_LIMIT_BYTES)
    if (text === undefined)
      problems.error('file-missing', start, 'there is no such file; expected a pipeline file, which `heddle init` makes')
    return text
  } catch (error) {
    if (!(error instanceof HeddleError)) throw error
    problems.error('file-unreadable', start, `${error.message}; expected a text of at most 8 MiB`)
    return undefined
  }
}

function buildPipeline(file: string, reading: Reading): Pipeline {
  const dimensions = buildDimensions(reading)
  const parameters = buildParameters(reading)
  return {
    name: reading.file.name ?? 'pipeline',
    description: reading.file.description,
    file,
    parameters,
    values: {},
    dimensions,
    relations: buildRelations(reading),
    datasets: buildDatasets(reading, dimensions),
    tasks: buildTasks(reading, dimensions),
  }
}
