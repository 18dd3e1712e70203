/** The failures of a run as the report shows them. */
import type { ReportedFailure } from '../../thread/report/data.ts'
import { failureOf } from '../failure-of.ts'
import { causeLine, quoted, usedLine } from '../failure-screen.ts'
import type { RunRecord } from '../run-record.ts'
import type { Session } from '../session.ts'

const MOST_FAILURES = 50
const LOG_LINES = 60
const LOG_CHARACTERS = 12_000
const MOST_INPUTS = 20

/** The first failures; those of different tasks and causes come first. */
export function reportedFailures(session: Session, { run, graph, failures, sizes }: RunRecord): readonly ReportedFailure[] {
  const source = { session, run: run.id, graph, sizeOf: (d: number) => (Number.isNaN(sizes[d]) ? undefined : sizes[d]) }
  return variedFirst([...failures.values()], ({ cause, exitCode, message }) => `${cause} ${exitCode} ${message}`)
    .slice(0, MOST_FAILURES)
    .map((event) => {
      const failure = failureOf(source, event)
      return {
        id: failure.id,
        task: failure.id.split('@')[0] as string,
        attempt: failure.attempt,
        what: causeLine(failure),
        command: failure.command.trimEnd(),
        log: lastLines(failure.log.trimEnd()),
        inputs: failure.inputs.slice(0, MOST_INPUTS),
        used: usedLine(failure),
        debug: `heddle debug ${quoted(failure.id)}`,
      }
    })
}

function lastLines(log: string): string {
  const lines = log.split('\n')
  const kept = lines.slice(-LOG_LINES).join('\n').slice(-LOG_CHARACTERS)
  return kept.length === log.length ? log : `…\n${kept}`
}

/** One of each kind first, then the rest in its order. */
function variedFirst<T>(all: readonly T[], kindOf: (one: T) => string): readonly T[] {
  const seen = new Set<string>()
  const [first, rest]: [T[], T[]] = [[], []]
  for (const one of all) {
    const kind = kindOf(one)
    ;(seen.has(kind) ? rest : first).push(one)
    seen.add(kind)
  }
  return [...first, ...rest]
}
