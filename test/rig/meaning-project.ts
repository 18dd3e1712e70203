/** A small project driven by the real command, as other programs drive it: `using project = meaningProject({'heddle.yaml': …})`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compareCodePoints } from '../../src/model/value.ts'
import { type Ended, trialProject } from './trial-project.ts'

/** A reason in JSON: its kind and what goes with that. */
export type Reason = Readonly<Record<string, unknown>> & { readonly kind: string }

/** A quantum of `heddle plan --json`. */
export interface PlannedQuantum {
  readonly id: string
  readonly task: string
  readonly dataId: Readonly<Record<string, unknown>>
  readonly action: string
  readonly reasons: readonly Reason[]
  readonly fingerprint: string
  readonly content: string | null
  readonly site: string
  readonly inputs: Readonly<Record<string, readonly string[]>>
  readonly outputs: Readonly<Record<string, readonly string[]>>
}

/** `heddle plan --json`. */
export interface PlanDocument {
  readonly pipeline: string
  readonly graph: { readonly quanta: number; readonly datasets: number; readonly edges: number }
  readonly tasks: Readonly<
    Record<string, { readonly quanta: number; readonly run: number; readonly reuse: number; readonly blocked: number }>
  >
  readonly quanta: readonly PlannedQuantum[]
}

/** A line of `heddle run --json`. */
export type Line = Readonly<Record<string, unknown>> & { readonly event: string; readonly at: string }

/** What a run said. */
export interface Ran {
  readonly code: number | null
  readonly err: string
  readonly events: readonly Line[]
  readonly state: string
  /** Only those that are not 0. */
  readonly counts: Readonly<Record<string, number>>
  /** Ids of quanta whose body completed, sorted. */
  readonly ran: readonly string[]
  readonly run: string
}

/** A project of files, below a fresh home. */
export interface MeaningProject extends Disposable {
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  heddle(...words: readonly string[]): Ended
  /** One document; throws unless the command ends with 0 and prints nothing else. */
  json(...words: readonly string[]): unknown
  /** Objects, one a line. */
  lines(...words: readonly string[]): Readonly<Record<string, unknown>>[]
  plan(...words: readonly string[]): PlanDocument
  /** `ACTION KIND,KIND` of each quantum by id. */
  actions(...words: readonly string[]): Record<string, string>
  run(...words: readonly string[]): Ran
  write(path: string, text: string | Uint8Array): void
  read(path: string): string
  has(path: string): boolean
  remove(path: string): void
  list(path: string): string[]
}

/** Makes one. */
export function meaningProject(files: Readonly<Record<string, string | Uint8Array>>): MeaningProject {
  const trial = trialProject()
  const at = (path: string): string => join(trial.folder, path)
  const ok = (words: readonly string[]): string => {
    const { code, out, err } = trial.heddle(...words, '--json')
    if (code !== 0) throw new Error(`heddle ${words.join(' ')} ended with ${code}\n${out}${err}`)
    return out
  }
  const parseLines = (out: string): Line[] =>
    out === ''
      ? []
      : (out
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => JSON.parse(line)) as Line[])
  const project: MeaningProject = {
    folder: trial.folder,
    environment: trial.environment,
    heddle: (...words) => trial.heddle(...words),
    json: (...words) => JSON.parse(ok(words)) as unknown,
    lines: (...words) => parseLines(ok(words)),
    plan: (...words) => JSON.parse(ok(['plan', ...words])) as PlanDocument,
    actions: (...words) =>
      Object.fromEntries(
        project
          .plan(...words)
          .quanta.map(({ id, action, reasons }) => [id, [action, reasons.map(({ kind }) => kind).join()].join(' ').trim()]),
      ),
    run: (...words) => {
      const { code, out, err } = trial.heddle('run', ...words, '--json')
      const events = parseLines(out)
      const last = events.at(-1)
      if (last?.event !== 'RunFinished')
        throw new Error(`heddle run ${words.join(' ')} did not finish (${code})\n${out.slice(-2000)}${err}`)
      const counts = Object.fromEntries(Object.entries(last['counts'] as Record<string, number>).filter(([, n]) => n !== 0))
      const ran = events
        .filter(({ event, noWork }) => event === 'QuantumCompleted' && noWork === null)
        .map(({ quantum }) => String(quantum))
      return { code, err, events, state: String(last['state']), counts, ran: ran.sort(compareCodePoints), run: String(last['run']) }
    },
    write: (path, text) => {
      mkdirSync(dirname(at(path)), { recursive: true })
      writeFileSync(at(path), text)
    },
    read: (path) => readFileSync(at(path), 'utf8'),
    has: (path) => existsSync(at(path)),
    remove: (path) => rmSync(at(path), { recursive: true }),
    list: (path) => readdirSync(at(path)).sort(),
    [Symbol.dispose]: () => trial[Symbol.dispose](),
  }
  for (const [path, text] of Object.entries(files)) project.write(path, text)
  return project
}
