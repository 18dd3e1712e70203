/** A pipeline as declared: what `pipeline/` reads and `plan/` plans. Everything is plain, resolved and checked. */
import type { Position } from './errors.ts'
import type { Json, Value, ValueType } from './value.ts'

/** A typed parameter of a pipeline. */
export interface Parameter {
  readonly name: string
  readonly type: ValueType | 'json'
  readonly default: Json | undefined
  readonly unit: string | undefined
  readonly range: readonly [number, number] | undefined
  readonly choices: readonly Json[] | undefined
  readonly pattern: string | undefined
  readonly required: boolean
  readonly description: string | undefined
  readonly at: Position
}

/** Where the records of a dimension or relation come from. */
export type RecordsSource =
  | { readonly kind: 'file'; readonly path: string; readonly at: Position }
  | { readonly kind: 'inline'; readonly rows: readonly Readonly<Record<string, Json>>[]; readonly at: Position }

/** An axis along which data is partitioned. */
export interface Dimension {
  readonly name: string
  readonly type: ValueType
  /** undefined: the values are those that are found in overall inputs. */
  readonly records: RecordsSource | undefined
  readonly metadata: Readonly<Record<string, ValueType>>
  readonly requires: readonly string[]
  readonly implies: readonly string[]
  /** Values are ordered as the records stand, not by value. */
  readonly ordered: boolean
  readonly governor: boolean
  readonly default: Value
  readonly description: string | undefined
  readonly at: Position
}

/** A table of which values of several dimensions go together. */
export interface Relation {
  readonly name: string
  readonly dimensions: readonly string[]
  readonly metadata: Readonly<Record<string, ValueType>>
  readonly records: RecordsSource
  /** Named by a connection's `via:` only: it makes that connection's edges and does not constrain the join. */
  readonly viaOnly: boolean
  readonly at: Position
}

/** A name, dimensions and a format. */
export interface DatasetType {
  readonly name: string
  readonly dimensions: readonly string[]
  readonly format: FormatName
  /** Template of the file, relative to the project; `{dimension}` and `{dimension.metadata}` are replaced. */
  readonly path: string | undefined
  /** Size in bytes, as an expression over the data ID, of an overall input that Heddle makes itself, as a sparse file of zeros. */
  readonly sparse: string | undefined
  readonly description: string | undefined
  readonly at: Position
}

/** The formats known here; each is a module of `repository/formats/`. */
export type FormatName = 'json' | 'csv' | 'text' | 'bytes' | 'file' | 'directory'

/** A task's input, prerequisite or output. */
export interface Connection {
  readonly name: string
  readonly dataset: string
  /** Fewest datasets that make the quantum worth running; 0 when optional. Outputs: 1. */
  readonly minimum: number
  /** Steps along ordered dimensions: `{round: 'previous'}`. */
  readonly step: Readonly<Record<string, 'previous'>>
  /** Dataset type that stands in at the first value of the stepped dimension. */
  readonly initial: string | undefined
  /** Relation whose rows are this connection's edges. */
  readonly via: string | undefined
  readonly at: Position
}

/** What a quantum of a task does. */
export type Body =
  | { readonly kind: 'command'; readonly command: string | readonly string[]; readonly at: Position }
  | { readonly kind: 'python'; readonly module: string; readonly function: string; readonly at: Position }
  | { readonly kind: 'typescript'; readonly module: string; readonly function: string; readonly at: Position }

/** What a quantum asks of its machine (PSI/J's words). Bytes and seconds. */
export interface Resources {
  readonly cores: number
  readonly memory: number | undefined
  readonly gpus: number
  readonly disk: number | undefined
  readonly walltime: number | undefined
  readonly nodes: number
  readonly processes: number
  /** Anything else that is counted, by name: licences, tokens. */
  readonly custom: Readonly<Record<string, number>>
}

/** Causes of failure that a `retry:` may name. `infrastructure` never spends a try. */
export type RetryCause = 'error' | 'memory' | 'walltime' | 'infrastructure'

/** When to try again, and how much more of the exhausted resource to give. */
export interface Retry {
  /** Tries after the first. */
  readonly limit: number
  readonly on: readonly RetryCause[]
  readonly scale: number
}

/** `after: [task]`, or one edge for each row of a relation. */
export interface After {
  readonly task: string
  readonly via: string | undefined
  readonly at: Position
}

/** A kind of work. */
export interface Task {
  readonly name: string
  readonly description: string | undefined
  readonly dimensions: readonly string[]
  readonly inputs: readonly Connection[]
  readonly prerequisites: readonly Connection[]
  readonly outputs: readonly Connection[]
  /** Values may hold `{parameters.NAME}` until the pipeline is configured. */
  readonly config: Readonly<Record<string, Json>>
  readonly body: Body
  readonly resources: Resources
  readonly retry: Retry
  /** Exit code by which a command says that there is nothing to do. */
  readonly noWork: number | undefined
  /** undefined: found in the body; else exactly these count as code. */
  readonly files: readonly string[] | undefined
  readonly after: readonly After[]
  /** Data-ID expression: only quanta for which it is true exist. */
  readonly when: string | undefined
  readonly at: Position
}

/** A whole pipeline. `parameters` hold defaults until configured; afterwards `values` has one for each. */
export interface Pipeline {
  readonly name: string
  readonly description: string | undefined
  /** The file it was read from, as the user named it. */
  readonly file: string
  readonly parameters: readonly Parameter[]
  readonly values: Readonly<Record<string, Json>>
  readonly dimensions: readonly Dimension[]
  readonly relations: readonly Relation[]
  readonly datasets: readonly DatasetType[]
  readonly tasks: readonly Task[]
}
