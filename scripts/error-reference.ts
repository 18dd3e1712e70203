/** Renders docs/reference/errors.md from the table of codes. */
import { ERROR_CODES, type ErrorCode } from '../src/model/error-codes.ts'
import { EXIT_OF } from '../src/model/errors.ts'

const INTRODUCTION = `# Errors

<!-- Made from src/model/error-codes.ts by scripts/generate. Do not edit. -->

An error begins with its code, which later versions keep: \`error CODE: what is wrong; what was expected; the nearest name\`. Where a file that you wrote is wrong, the
place comes first, \`FILE:LINE:COLUMN: error CODE: …\`, a form that editors recognise. Errors go to standard error; \`heddle lint --json\` prints those of the
pipeline file as data ([JSON](json.md#heddle-lint)).

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | some work failed, or the store could not take it |
| 2 | the request is wrong: usage, file, expression, a plan that is out of date; every code below that says nothing else |
| 3 | a site could not be reached |
| 70 | a fault in Heddle: it has no code, and asks for a report |
| 130 | interrupted |

Why an attempt of a quantum failed is no error of Heddle but part of the record: see the causes under [events](events.md#why-an-attempt-failed).`

/** The whole page. */
export function renderErrors(): string {
  const sections = Object.entries(ERROR_CODES).map(([title, codes]) => {
    const rows = Object.entries(codes).map(
      ([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')}${exitCode(code as ErrorCode)} |`,
    )
    return [`## ${title}`, '', '| code | meaning |', '|---|---|', ...rows].join('\n')
  })
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`
}

function exitCode(code: ErrorCode): string {
  const exit = EXIT_OF[code]
  return exit === undefined ? '' : ` Exit code ${exit}.`
}
