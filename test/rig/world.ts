/** What both planners plan, and what the naive one answers: plain objects, whose values are all integers. */

/** A data ID or record: values by dimension. */
export type Row = Readonly<Record<string, number>>

/** `dimension op value`, as `--where` and `when:` spell it. */
export interface Comparison {
  readonly dimension: string
  readonly op: '=' | '!=' | '<' | '>'
  readonly value: number
}

export interface NaiveConnection {
  readonly name: string
  readonly dataset: string
  readonly minimum: number
  readonly step?: string
  readonly initial?: string
}

export interface NaiveTask {
  readonly name: string
  readonly dimensions: readonly string[]
  readonly inputs: readonly NaiveConnection[]
  readonly prerequisites: readonly NaiveConnection[]
  readonly outputs: readonly NaiveConnection[]
  readonly after: readonly string[]
  readonly when?: Comparison
}

export interface NaiveDimension {
  readonly name: string
  readonly requires: readonly string[]
  readonly implies: readonly string[]
  readonly ordered: boolean
  readonly records: readonly Row[] | undefined
}

/** Everything that a plan is made from. */
export interface World {
  /** In declaration order. */
  readonly dimensions: readonly NaiveDimension[]
  readonly relations: readonly { readonly name: string; readonly dimensions: readonly string[]; readonly rows: readonly Row[] }[]
  readonly datasets: readonly { readonly name: string; readonly dimensions: readonly string[] }[]
  /** Overall inputs that exist. */
  readonly existing: Readonly<Record<string, readonly Row[]>>
  readonly tasks: readonly NaiveTask[]
}

export interface NaiveRequest {
  readonly where: readonly Comparison[]
  readonly whole: boolean
  readonly tasks: readonly string[]
  readonly wanted: readonly string[]
  readonly assumeInputs: boolean
}

/** A quantum as the naive planner sees it; `edges` by connection, datasets by id in order. */
export interface NaiveQuantum {
  readonly id: string
  readonly action: 'run' | 'blocked'
  readonly cut: boolean
  readonly edges: Readonly<Record<string, readonly string[]>>
  readonly after: readonly string[]
}

/** A plan, and what makes it an error: quanta that lack a prerequisite, wanted datasets that nothing makes. */
export interface NaivePlan {
  readonly unknown: readonly string[]
  readonly quanta: readonly NaiveQuantum[]
  readonly producers: Readonly<Record<string, string | null>>
  readonly lacking: readonly string[]
}
