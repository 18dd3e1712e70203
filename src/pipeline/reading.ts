/** What every step of reading a pipeline file shares. */
import type { Source } from '../model/catalogue.ts'
import type { PipelineFile } from './file.ts'
import type { ProblemList } from './problem-list.ts'
import type { YamlDocument } from './yaml-document.ts'

/** One reading of one file. */
export interface Reading {
  readonly file: PipelineFile
  readonly document: YamlDocument
  readonly problems: ProblemList
  readonly source: Source
}
