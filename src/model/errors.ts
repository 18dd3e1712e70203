/** The one class that callers' mistakes throw, and the shape of a problem in a file that a person wrote. */
import type { ErrorCode } from './error-codes.ts'

/** Exit codes of every command (contract.md). */
export const EXIT = { done: 0, failed: 1, request: 2, unreachable: 3, fault: 70, interrupted: 130 } as const

/** Where something stands in a text; `line` and `column` count from 1, `offset` from 0 in UTF-16 units. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One thing wrong in a file that a person wrote. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly code: ErrorCode
  /** What is wrong; what was expected; the nearest name. Lower case, no full stop. */
  readonly message: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** More about a {@link HeddleError}. */
export interface ErrorDetails {
  /** The next step, in one sentence. */
  readonly hint?: string
  readonly problems?: readonly Problem[]
  readonly cause?: unknown
  /** Further lines that a terminal shows as they are (an expression with its caret, a table of counts). */
  readonly lines?: readonly string[]
}

/** Exit codes of errors that are no wrong request. */
export const EXIT_OF: Readonly<Partial<Record<ErrorCode, number>>> = { 'store-failed': EXIT.failed, 'run-elsewhere': EXIT.unreachable }

/** A request that cannot be met: usage, file, expression, site. Faults of Heddle itself are ordinary `Error`s. */
export class HeddleError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly exitCode: number
  readonly problems: readonly Problem[]
  readonly lines: readonly string[]

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.name = 'HeddleError'
    this.code = code
    this.hint = details.hint
    this.exitCode = EXIT_OF[code] ?? EXIT.request
    this.problems = details.problems ?? []
    this.lines = details.lines ?? []
  }
}

/** `FILE:LINE:COLUMN: error CODE: message`, the form that editors recognise. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.severity} ${problem.code}: ${problem.message}`
}
