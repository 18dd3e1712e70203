/** Python functions, run by a long-lived interpreter. */
import { fileURLToPath } from 'node:url'
import { functionLanguage } from './functions.ts'
import type { Language } from './language.ts'

/** Python as a language; `interpreter` is a program of PATH or a path. */
export function pythonLanguage(interpreter: string | undefined, projectFolder: string): Language {
  const file = interpreter ?? process.env['HEDDLE_PYTHON'] ?? 'python3'
  const script = fileURLToPath(new URL('./worker.py', import.meta.url))
  return functionLanguage('python', (files) => ({ file, args: [script, projectFolder, files.tokens, files.reports, files.log] }))
}
