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

/** The pipeline, or a {@link HeddleError} that holds everything that is wrong with its file. */
export async function requirePipeline(place: ProjectPlace, source: Source): Promise<Pipeline> {
  const { pipeline, problems } = await readProject(place, source)
  if (pipeline !== undefined) return pipeline
  throw new HeddleError('pipeline', `${place.shown} has errors`, { problems: problems.filter(({ severity }) => severity === 'error') })
}

function sourceWithoutStore({ folder }: ProjectPlace): Source {
  return openFileSource(folder, openFileDigests(folder, undefined))
}

/** A problem whose file is named from the current folder. */
function fromHere(problem: Problem, place: ProjectPlace): Problem {
  return { ...problem, file: relative(process.cwd(), join(place.folder, problem.file)) || problem.file }
}
