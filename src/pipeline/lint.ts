/** Everything that can be said about a pipeline file and the code that it names. */
import type { Source } from '../model/catalogue.ts'
import { checkFunctions } from './code/lint-code.ts'
import { prepareCode } from './code/modules.ts'
import { type ReadPipeline, readPipeline } from './read.ts'

/** Reads a pipeline file and looks for the functions of its bodies, in files that are sound enough to say what these are. */
export async function lintPipeline(request: { readonly file: string; readonly source: Source }): Promise<ReadPipeline> {
  const read = readPipeline(request)
  if (read.draft === undefined) return read
  await prepareCode(read.draft, request.source)
  const missing = checkFunctions(read.draft, request.source)
  const problems = [...read.problems, ...missing].sort((a, b) => a.line - b.line || a.column - b.column)
  return { ...read, pipeline: missing.length === 0 ? read.pipeline : undefined, problems }
}
