/** Starts the process of a worker. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { Language, WorkerFiles } from './language.ts'

/** As what and where a worker lives. */
export interface WorkerPlace {
  readonly language: Language
  readonly files: WorkerFiles
  readonly projectFolder: string
  /** `NAME=VALUE`, in the environment of everything that it starts. */
  readonly mark: string
}

/** Starts a worker in a session of its own, its output in its log file: sockets, which Node's pipes are, cannot be opened again by a body. */
export function spawnWorker({ language, files, projectFolder, mark }: WorkerPlace): ChildProcess {
  const { file, args } = language.command(files)
  const at = mark.indexOf('=')
  const env = { ...process.env, [mark.slice(0, at)]: mark.slice(at + 1) }
  closeSync(openSync(files.log, 'w'))
  const log = openSync(files.log, 'a')
  try {
    const stdio = language.jobsAt === 0 ? (['pipe', log, log] as const) : (['ignore', log, log, 'pipe'] as const)
    return spawn(file, args, { cwd: projectFolder, env, detached: true, stdio: [...stdio] })
  } finally {
    closeSync(log)
  }
}
