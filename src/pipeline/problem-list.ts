/** Collects what is wrong with a file, so that everything is reported at once. */

import type { PipelineFileCode } from '../model/error-codes.ts'
import type { Position, Problem } from '../model/errors.ts'

/** Problems in the order of their places; one thing is reported once. */
export class ProblemList {
  readonly #found = new Map<string, Problem>()

  error(code: PipelineFileCode, at: Position, message: string): void {
    this.#add('error', code, at, message)
  }

  warning(code: PipelineFileCode, at: Position, message: string): void {
    this.#add('warning', code, at, message)
  }

  get hasErrors(): boolean {
    return [...this.#found.values()].some((problem) => problem.severity === 'error')
  }

  /** All of them, by line and column. */
  sorted(): Problem[] {
    return [...this.#found.values()].sort((a, b) => a.line - b.line || a.column - b.column)
  }

  #add(severity: Problem['severity'], code: PipelineFileCode, at: Position, message: string): void {
    const problem = { severity, code, message, file: at.file, line: at.line, column: at.column }
    this.#found.set(`${code} ${at.line}:${at.column} ${message}`, problem)
  }
}
