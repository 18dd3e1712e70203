/** The narrow interfaces through which `pipeline` and `plan` get text, records and digests. `repository` and `cli` implement them. */
import type { Value, ValueType } from './value.ts'

/** Gives the text of files of the project; never runs them. Paths are relative to the project folder. */
export interface Source {
  /** Text of a regular file, or undefined when there is none. Throws `file-unreadable` for a folder, binary or a file over `limitBytes`. */
  read(path: string, limitBytes?: number): string | undefined
  /** What stands at a path. */
  kind(path: string): 'file' | 'directory' | 'absent'
  /** SHA-256 of a regular file's bytes (cached by its stat), or undefined when there is none. */
  digest(path: string): string | undefined
  /** What was worked out of texts before, by a key that says it all; losing it costs time alone. */
  readonly memory?: Memory
}

/** A cache of texts that outlives the process. */
export interface Memory {
  get(key: string): string | undefined
  set(key: string, text: string): void
}

/** One typed column of a table; `values.length` is the table's row count. */
export interface Column {
  readonly name: string
  readonly type: ValueType
  readonly values: readonly Value[]
}

/** Rows of a dimension's or relation's records, or of existing datasets; column names are unique. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** Overall inputs of one dataset type that exist: one row a dataset, its columns the type's dimensions (with those they require). */
export interface ExistingDatasets {
  readonly table: Table
  /** 32 bytes a row. */
  readonly digests: Uint8Array
  /** Bytes a row. */
  readonly sizes: Float64Array
  /** Path below the project folder, where the dataset is a file there. */
  path(row: number): string | undefined
}

/** What a plan needs to know of a repository. */
export interface Catalogue {
  /** Records of a dimension, columns: its own value, what it requires and implies, metadata. undefined: it has no `records:`. */
  dimension(name: string): Table | undefined
  /** Records of a relation, columns: its dimensions and metadata. */
  relation(name: string): Table
  /** Overall inputs of a dataset type: found by its `path:`, ingested, or sparse. */
  existing(datasetType: string): ExistingDatasets
}
