/** Reads a project's pipeline, with its problems named from the current folder. */
import { join, relative } from 'node:path'
import type { Source } from '../model/catalogue.ts'
import { HeddleError, type Problem } from '../model/errors.ts'
import type { Pipeline } from '../model/pipeline.ts'
import { lintPipeline } from '../pipeline/lint.ts'
import { openFileDigests } from '../repository/digests/file-digests.ts'
import { openFileSource } from '../repository/fs-source.ts'
import type { ProjectPlace } from './project.ts'

/** The pipeline file as read: the pipeline if it has no error, and all its problems. */
export interface ReadProject {
  readonly pipeline: Pipeline | undefined
  readonly problems: readonly Problem[]
}

/** Reads and checks the pipeline file, and the functions that it names. */
export async function readProject(place: ProjectPlace, source = sourceWithoutStore(place)): Promise<ReadProject> {
  const { pipeline, problems } = await lintPipeline({ file: place.file, source })
  return { pipeline, problems: problems.map((problem) => fromHere(problem, place)) }
}

/** The same with what shows once records are read: broken records, and expressions that do not fit them. */
export async function readWithRecords(place: ProjectPlace): Promise<ReadProject> {
  const read = await readProject(place)
  if (read.pipeline === undefined) return read
  const [{ lintRecords }, { openCatalogue }] = await Promise.all([import('../plan/lint-records.ts'), import('../repository/catalogue.ts')])
  const catalogue = openCatalogue({ folder: place.folder, pipeline: read.pipeline, database: undefined })
  const found = lintRecords(read.pipeline, catalogue).map((problem) => fromHere(problem, place))
  return { pipeline: found.length === 0 ? read.pipeline : undefined, problems: [...read.problems, ...found] }
}

/** The pipeline and how many warnings its file has, or a {@link HeddleError} that holds everything that is wrong with it. */
export async function requirePipeline(
  place: ProjectPlace,
  source: Source,
): Promise<{ readonly pipeline: Pipeline; readonly warnings: number }> {
  const { pipeline, problems } = await readProject(place, source)
  if (pipeline !== undefined) return { pipeline, warnings: problems.length }
  throw new HeddleError('pipeline', `${place.shown} has errors`, { problems: problems.filter(({ severity }) => severity === 'error') })
}

function sourceWithoutStore({ folder }: ProjectPlace): Source {
  return openFileSource(folder, openFileDigests(folder, undefined))
}

/** A problem whose file is named from the current folder. */
function fromHere(problem: Problem, place: ProjectPlace): Problem {
  return { ...problem, file: relative(process.cwd(), join(place.folder, problem.file)) || problem.file }
}

/** Runs work whose problems name files from the project folder; they come out named from the current one. */
export function namingFilesFromHere<T>(place: ProjectPlace, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof HeddleError) || error.problems.length === 0) throw error
    const { code, message, hint, lines } = error
    throw new HeddleError(code, message, {
      cause: error,
      lines,
      problems: error.problems.map((problem) => fromHere(problem, place)),
      ...(hint === undefined ? {} : { hint }),
    })
  }
}
