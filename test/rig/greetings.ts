/** A small project that greets people, and the documents that tests read of it. */

/** A pipeline with what commands show: a parameter, an overall input, a gather, an output at a path. */
export const GREETINGS = `heddle: 1
name: words
parameters:
  end: {type: string, default: "!", description: what ends a greeting}
dimensions:
  name: {type: string, records: [{name: ada}, {name: grace}]}
datasets:
  base: {path: base.txt, format: text}
  greeting: {dimensions: [name], format: text}
  letter: {path: out/letter.txt, format: text}
tasks:
  greet:
    dimensions: [name]
    inputs: {base: base}
    outputs: {greeting: greeting}
    config: {end: "{parameters.end}"}
    command: printf '%s %s%s\\n' "$(cat {inputs.base})" {dataId.name} {config.end} > {outputs.greeting}
  letter:
    inputs: {greetings: greeting}
    outputs: {letter: letter}
    command: cat {inputs.greetings} > {outputs.letter}
`

/** What `heddle plan --json` prints. */
export interface PlanDocument {
  readonly pipeline: string
  readonly graph: { readonly quanta: number; readonly datasets: number; readonly edges: number }
  readonly tasks: Readonly<
    Record<string, { readonly quanta: number; readonly run: number; readonly reuse: number; readonly blocked: number }>
  >
  readonly quanta: readonly {
    readonly id: string
    readonly action: string
    readonly reasons: readonly Readonly<Record<string, unknown>>[]
    readonly fingerprint: string
    readonly content: string | null
    readonly inputs: Readonly<Record<string, readonly string[]>>
  }[]
}

/** What tests read of a line of `heddle run --json`. */
export interface EventLine {
  readonly event: string
  readonly quantum?: string
  readonly state?: string
  readonly counts?: Readonly<Record<string, number>>
}
