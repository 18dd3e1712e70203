/** What the death of a worker says about the job that it was at. */
import type { AttemptLog, Outcome } from '../../engine/job.ts'
import { failure, type LanguageName } from './language.ts'

/** How a worker ended, as far as anyone can know. */
export interface Death {
  readonly language: LanguageName
  readonly code: number | null
  readonly signal: string | null
  /** Why its program could not be started. */
  readonly notFound: NodeJS.ErrnoException | undefined
  /** It had said that it is ready for jobs. */
  readonly ready: boolean
  /** The kernel killed something for want of memory meanwhile. */
  readonly outOfMemory: boolean
  readonly log: AttemptLog
}

/** Outcome of the job that a worker was at when it died by itself or by a stranger's hand. */
export function outcomeOfDeath(death: Death): Outcome {
  const { code, signal, language } = death
  if (death.notFound !== undefined) return notStarted(death.notFound, language)
  if (!death.ready && signal !== 'SIGKILL') return failure(`the ${language} worker did not start${lastLine(death.log)}`, code, signal)
  if (language === 'typescript' && logText(death.log).includes('JavaScript heap out of memory')) {
    return { kind: 'failed', cause: 'memory', exitCode: code, signal, message: 'the function ran out of JavaScript heap' }
  }
  if (signal === 'SIGKILL') {
    return death.outOfMemory
      ? { kind: 'failed', cause: 'memory', exitCode: null, signal, message: 'killed by the kernel, which had no memory left' }
      : { kind: 'failed', cause: 'infrastructure', exitCode: null, signal, message: `its ${language} worker was killed from outside` }
  }
  if (signal !== null) return failure(`ended by ${signal}`, null, signal)
  if (language === 'shell')
    return { kind: 'failed', cause: 'infrastructure', exitCode: code, signal, message: `its shell ended with exit code ${code}` }
  return failure(`the function ended its process with exit code ${code}${code === 0 ? '' : lastLine(death.log)}`, code)
}

function notStarted(error: NodeJS.ErrnoException, language: LanguageName): Outcome {
  const { code, message } = error
  if (code !== 'ENOENT' && code !== 'EACCES') return { kind: 'failed', cause: 'infrastructure', exitCode: null, signal: null, message }
  const hint = language === 'python' ? '; install Python 3.8 or newer, or name one in HEDDLE_PYTHON' : ''
  return failure(`${error.path ?? language} was not found on PATH or cannot be run${hint}`)
}

function logText(log: AttemptLog): string {
  return log.kind === 'inline' ? Buffer.from(log.bytes).toString('utf8') : ''
}

function lastLine(log: AttemptLog): string {
  const line = logText(log).trimEnd().split('\n').at(-1)?.trim() ?? ''
  return line === '' ? '' : `: ${line}`
}
