/** A project in a folder of its own, for one test: `using project = trialProject('climate')`. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../src/model/value.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LEFT_OUT = new Set(['.heddle', 'output', '__pycache__'])

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** What a run did, as its last event says. */
export interface RunOutcome {
  readonly state: string
  readonly counts: Readonly<Record<string, number>>
}

/** A project folder below a fresh home. */
export interface TrialProject extends Disposable {
  readonly folder: string
  /** Variables for commands run here: an empty home, and bin/ on the PATH. */
  readonly environment: NodeJS.ProcessEnv
  heddle(...words: readonly string[]): Ended
  /** Runs `heddle … --json` and reads the one document that it prints; throws when it fails. */
  json(...words: readonly string[]): Json
  /** Runs `heddle run … --json`; throws when it did not end with RunFinished. */
  run(...words: readonly string[]): RunOutcome
}

/** Copies an example, or makes an empty folder. */
export function trialProject(example?: string): TrialProject {
  // The real path: on some machines the temporary folder is a symbolic link.
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'heddle-trial-')))
  const folder = join(home, 'project')
  if (example === undefined) mkdirSync(folder)
  else cpSync(join(ROOT, 'examples', example), folder, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) })
  const environment = { ...process.env, HOME: home, NO_COLOR: '1', PATH: `${join(ROOT, 'bin')}:${process.env['PATH']}` }
  for (const name of Object.keys(environment)) if (/^(XDG|HEDDLE|NODE)_/.test(name)) delete environment[name as keyof typeof environment]
  const heddle = (...words: readonly string[]): Ended => {
    const ended = spawnSync(join(ROOT, 'bin', 'heddle'), words, { cwd: folder, env: environment, encoding: 'utf8', maxBuffer: 1 << 28 })
    return { code: ended.status, out: ended.stdout, err: ended.stderr }
  }
  return {
    folder,
    environment,
    heddle,
    json(...words) {
      const { code, out, err } = heddle(...words, '--json')
      if (code !== 0) throw new Error(`heddle ${words.join(' ')} ended with ${code}\n${out}${err}`)
      return JSON.parse(out) as Json
    },
    run(...words) {
      const { out, err } = heddle('run', ...words, '--json')
      const last = out.trimEnd().split('\n').at(-1) ?? ''
      const event = (last.startsWith('{') ? JSON.parse(last) : {}) as RunOutcome & { event?: string }
      if (event.event !== 'RunFinished') throw new Error(`heddle run ${words.join(' ')} did not finish\n${out.slice(-2000)}${err}`)
      return event
    },
    [Symbol.dispose]() {
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Runs a program and gives its standard output; throws when it fails. */
export function output(program: string, args: readonly string[], options: { readonly cwd: string; readonly input?: string }): string {
  const ended: SpawnSyncReturns<string> = spawnSync(program, args, { ...options, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (ended.status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${ended.status}\n${ended.stdout}${ended.stderr}`)
  return ended.stdout
}
