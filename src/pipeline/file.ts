/** The pipeline file as a value, once the schema (`schema/heddle.schema.json`) holds for it. */
import type { FormatName, RetryCause } from '../model/pipeline.ts'
import type { Json, ValueType } from '../model/value.ts'

/** A mapping with names that the author chose. */
export type Named<T> = Readonly<Record<string, T>>

export interface ParameterFile {
  readonly type?: ValueType | 'json'
  readonly default?: Json
  readonly unit?: string
  readonly range?: readonly [number, number]
  readonly choices?: readonly Json[]
  readonly pattern?: string
  readonly required?: boolean
  readonly description?: string
}

export type RecordsFile = string | readonly Json[]

export interface DimensionFile {
  readonly type?: ValueType
  readonly records?: RecordsFile
  readonly metadata?: Named<ValueType>
  readonly requires?: readonly string[]
  readonly implies?: readonly string[]
  readonly ordered?: boolean
  readonly governor?: boolean
  readonly default?: Json
  readonly description?: string
}

export interface RelationFile {
  readonly dimensions: readonly string[]
  readonly records: RecordsFile
  readonly metadata?: Named<ValueType>
  readonly description?: string
}

export interface DatasetFile {
  readonly dimensions?: readonly string[]
  readonly format?: FormatName
  readonly path?: string
  readonly sparse?: string | number
  readonly description?: string
}

export interface ConnectionFile {
  readonly dataset: string
  readonly minimum?: number
  readonly optional?: boolean
  readonly at?: Named<'previous'>
  readonly initial?: string
  readonly via?: string
}

export interface RetryFile {
  readonly limit?: number
  readonly on?: readonly RetryCause[]
  readonly scale?: number
}

export interface TaskFile {
  readonly description?: string
  readonly dimensions?: readonly string[]
  readonly inputs?: Named<string | ConnectionFile>
  readonly prerequisites?: Named<string | ConnectionFile>
  readonly outputs?: Named<string | ConnectionFile>
  readonly config?: Named<Json>
  readonly command?: string | readonly (string | number | boolean)[]
  readonly python?: string
  readonly typescript?: string
  readonly resources?: Named<string | number>
  readonly retry?: number | RetryFile
  readonly noWork?: number
  readonly files?: readonly string[]
  readonly after?: readonly (string | { readonly task: string; readonly via?: string })[]
  readonly when?: string
}

export interface PipelineFile {
  readonly heddle: 1
  readonly name?: string
  readonly description?: string
  readonly parameters?: Named<Json> | null
  readonly dimensions?: Named<ValueType | DimensionFile | null> | null
  readonly relations?: Named<RelationFile> | null
  readonly datasets?: Named<string | DatasetFile | null> | null
  readonly tasks?: Named<TaskFile> | null
}
