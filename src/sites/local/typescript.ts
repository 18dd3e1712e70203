/** TypeScript functions, run by a long-lived Node.js. */
import { fileURLToPath } from 'node:url'
import { functionLanguage } from './functions.ts'
import type { Language } from './language.ts'

/** TypeScript as a language. A process rather than a thread, so that nothing that a body does reaches the engine. */
export function typescriptLanguage(projectFolder: string): Language {
  const entry = fileURLToPath(new URL(`./worker-entry${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url))
  return functionLanguage('typescript', (files) => ({
    file: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', entry, projectFolder, files.tokens, files.reports, files.log],
  }))
}
