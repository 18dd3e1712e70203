/** The error that a records file of a person's making can lead to. */
import type { ErrorCode } from '../../model/error-codes.ts'
import type { Position } from '../../model/errors.ts'
import { HeddleError, type Problem } from '../../model/errors.ts'

/** As many problems as are collected before reading gives up. */
export const MOST_PROBLEMS = 20

/** A problem at a place. */
export function recordsProblem(at: Position, code: ErrorCode, message: string): Problem {
  return { severity: 'error', code, message, file: at.file, line: at.line, column: at.column }
}

/** One error for all problems found in one file; its code is that of the first one. */
export function recordsError(problems: readonly Problem[]): HeddleError {
  const first = problems[0] as Problem
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new HeddleError(first.code, `${first.message}${more}`, { problems })
}
