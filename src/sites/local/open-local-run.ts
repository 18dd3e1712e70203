/** The local site: opens slots on this machine and keeps them at work. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalRun, Report } from '../../engine/job.ts'
import { HeddleError } from '../../model/errors.ts'
import { startGuardian } from './guardian.ts'
import { LANGUAGES, type Language, type LanguageName, type WorkerFiles } from './language.ts'
import { pythonLanguage } from './python.ts'
import { shell } from './shell.ts'
import { Slots } from './slots.ts'
import { typescriptLanguage } from './typescript.ts'

/** What the local site needs to know. */
export interface LocalRunOptions {
  /** Bodies that may run at a time. */
  readonly slots: number
  /** Where bodies work (absolute). */
  readonly projectFolder: string
  /** Where the site may make a folder of its own (absolute, below `.heddle/tmp`). */
  readonly tmpFolder: string
  /** Python interpreter: a program of PATH, or a path. `HEDDLE_PYTHON`, then `python3`, when not given. */
  readonly python?: string | undefined
  /** Hears what became of attempts, in batches, never from inside `start` or `cancel`. */
  readonly listener: (reports: readonly Report[]) => void
  /** Hears of every process that leads a session of bodies, before it gets its first job. */
  readonly onProcess?: ((pid: number, startTicks: number) => void) | undefined
}

/** Opens the local site. Processes start with the first jobs that need them. Throws `slots-invalid` and `pipes-unavailable`. */
export function openLocalRun(options: LocalRunOptions): LocalRun {
  const { slots, projectFolder, tmpFolder, listener, onProcess = () => undefined } = options
  if (!Number.isInteger(slots) || slots < 1) throw new HeddleError('usage', `${slots} slots: at least one is needed`)
  const token = randomBytes(12).toString('hex')
  const folder = join(tmpFolder, `local-${token}`)
  const files = makePipes(folder, slots)
  const languages: Readonly<Record<LanguageName, Language>> = {
    shell,
    python: pythonLanguage(options.python, projectFolder),
    typescript: typescriptLanguage(projectFolder),
  }
  const guardian = startGuardian(`HEDDLE_WORKER=${token}`)
  const running = new Slots({ count: slots, languages, files, projectFolder, token, listener, onProcess, guardian })
  const close = async (): Promise<void> => {
    await running.close()
    await guardian.dismiss()
    rmSync(folder, { recursive: true, force: true })
  }
  let closed: Promise<void> | undefined
  return {
    start: (jobs) => running.start(jobs),
    cancel: (attempts) => running.cancel(attempts),
    close: () => (closed ??= close()),
  }
}

/** Makes the folder with the named pipes of every worker that there may be; returns where the files of each slot are. */
function makePipes(folder: string, slots: number): Readonly<Record<LanguageName, readonly WorkerFiles[]>> {
  const filesOf = (name: LanguageName): WorkerFiles[] =>
    Array.from({ length: slots }, (_, slot) => {
      const stem = join(folder, `${name}-${slot}`)
      return { tokens: `${stem}.tokens`, reports: `${stem}.reports`, log: `${stem}.log` }
    })
  const files = { shell: filesOf('shell'), python: filesOf('python'), typescript: filesOf('typescript') }
  mkdirSync(folder, { recursive: true })
  const pipes = LANGUAGES.flatMap((name) => files[name].flatMap((each) => [each.tokens, each.reports]))
  const made = spawnSync('mkfifo', pipes, { encoding: 'utf8' })
  if (made.status === 0) return files
  rmSync(folder, { recursive: true, force: true })
  throw new HeddleError('pipes-unavailable', `named pipes cannot be made in ${folder}: ${made.stderr?.trim() || made.error?.message}`, {
    hint: 'let .heddle/tmp be a symbolic link to a folder on a local file system',
  })
}
