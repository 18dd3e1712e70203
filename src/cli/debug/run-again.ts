/** Runs a body once more on a workbench. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AttemptLog, Report } from '../../engine/job.ts'
import { formatBytes } from '../../model/units.ts'
import { openLocalRun } from '../../sites/local/open-local-run.ts'
import { exitMeaning } from '../exit-meaning.ts'
import type { Terminal } from '../terminal.ts'
import type { Workbench } from './workbench.ts'

/** What came of it. */
export interface RunAgain {
  readonly ok: boolean
  /** How it ended, in words. */
  readonly message: string
}

/** Runs a program in the workbench with its environment, on this terminal. */
export function runProgram({ folder, environment }: Workbench, argv: readonly string[]): RunAgain {
  const [program = 'sh', ...words] = argv
  const { status, signal, error } = spawnSync(program, words, { cwd: folder, env: { ...process.env, ...environment }, stdio: 'inherit' })
  if (error !== undefined) return { ok: false, message: `${program} cannot be started: ${error.message}` }
  return { ok: status === 0, message: exitMeaning(status, signal) ?? 'ended' }
}

/** Runs the body as a run would: a command by `sh`, a function in a worker. */
export async function runBody(bench: Workbench, terminal: Terminal): Promise<RunAgain> {
  const { body, outputs } = bench.job
  if (body.kind === 'command')
    return withOutputs(
      runProgram(bench, ['sh', '-c', body.script]),
      outputs.flatMap(({ paths }) => paths),
    )
  if (body.kind === 'program')
    return withOutputs(
      runProgram(bench, body.argv),
      outputs.flatMap(({ paths }) => paths),
    )
  const report = await runInWorker(bench)
  const log = logText(report.log)
  if (log !== '') terminal.write(log.endsWith('\n') ? log : `${log}\n`)
  const { outcome } = report
  if (outcome.kind === 'completed') {
    for (const [n, { connection }] of outputs.entries()) {
      for (const { inline } of outcome.outputs[n] ?? [])
        if (inline !== undefined) terminal.print(`${connection}: ${Buffer.from(inline).toString('utf8')}`)
    }
    return { ok: true, message: 'completed' }
  }
  return outcome.kind === 'noWork' ? { ok: true, message: `no work: ${outcome.why}` } : { ok: false, message: outcome.message }
}

/** Says of each output whether it was written. */
function withOutputs(ended: RunAgain, paths: readonly string[]): RunAgain {
  const found = paths.map((path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    return `${basename(path)} ${stat === undefined ? 'was not written' : `has ${formatBytes(stat.size)}`}`
  })
  return { ...ended, message: [ended.message, ...found].join(', ') }
}

type Ended = Extract<Report, { kind: 'ended' }>

async function runInWorker({ folder, job }: Workbench): Promise<Ended> {
  const tmpFolder = join(folder, 'heddle-tmp')
  mkdirSync(tmpFolder, { recursive: true })
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const site = openLocalRun({
    slots: 1,
    projectFolder: folder,
    tmpFolder,
    listener: (reports) => {
      for (const report of reports) if (report.kind === 'ended') resolve(report)
    },
  })
  try {
    site.start([job])
    return await promise
  } finally {
    await site.close()
  }
}

function logText(log: AttemptLog): string {
  if (log.kind === 'none') return ''
  return log.kind === 'inline' ? Buffer.from(log.bytes).toString('utf8') : readFileSync(log.path, 'utf8')
}
