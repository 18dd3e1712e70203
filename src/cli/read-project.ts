/** Reads a project's pipeline, with its problems named from the current folder. */
import { join, relative } from 'node:path'
import type { Source } from '../model/catalogue.ts'
import { HeddleError, type Problem } from '../model/errors.ts'
import type { Pipeline } from '../model/pipeline.ts'
import { readPipeline } from '../pipeline/read.ts'
import type { ProjectPlace } from './project.ts'

/** The pipeline file as read: the pipeline if it has no error, and all its problems. */
export function readProject(
  place: ProjectPlace,
  source: Source,
): { readonly pipeline: Pipeline | undefined; readonly problems: readonly Problem[] } {
  const { pipeline, problems } = readPipeline({ file: place.file, source })
  return { pipeline, problems: problems.map((problem) => fromHere(problem, place)) }
}

/** The pipeline, or a {@link HeddleError} that holds everything that is wrong with its file. */
export function requirePipeline(place: ProjectPlace, source: Source): Pipeline {
  const { pipeline, problems } = readProject(place, source)
  if (pipeline !== undefined) return pipeline
  throw new HeddleError('pipeline', `${place.shown} has errors`, { problems: problems.filter(({ severity }) => severity === 'error') })
}

/** A problem whose file is named from the current folder. */
export function fromHere(problem: Problem, place: ProjectPlace): Problem {
  return { ...problem, file: relative(process.cwd(), join(place.folder, problem.file)) || problem.file }
}
