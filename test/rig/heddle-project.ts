/** Temporary projects in which tests call the real `bin/heddle`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HEDDLE = fileURLToPath(new URL('../../bin/heddle', import.meta.url))

/** What a command left. */
export interface Called {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A folder with a pipeline in it. */
export interface Project {
  readonly folder: string
  /** Calls `heddle` there. */
  heddle(...words: string[]): Called
  /** Calls it with `--json` and reads the document. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- only the caller knows the document's shape
  json<T>(...words: string[]): T
  /** Calls it with `--json` and reads a document a line. */
  lines<T>(...words: string[]): T[]
  /** Starts it and leaves it running. */
  start(...words: string[]): ChildProcess
  write(path: string, text: string): void
  remove(): void
}

const ENVIRONMENT = { ...process.env, NO_COLOR: '1', HEDDLE_PYTHON: process.env.HEDDLE_PYTHON ?? 'python3' }

/** Makes a project of these files. */
export function makeProject(files: Readonly<Record<string, string>>): Project {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-project-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const heddle = (...words: string[]): Called => {
    const { status, stdout, stderr } = spawnSync(HEDDLE, words, { cwd: folder, encoding: 'utf8', env: ENVIRONMENT, maxBuffer: 1 << 28 })
    return { code: status, out: stdout, err: stderr }
  }
  const json = (...words: string[]): string => {
    const { out, err, code } = heddle(...words, '--json')
    if (out === '') throw new Error(`heddle ${words.join(' ')} printed nothing (exit code ${code}): ${err}`)
    return out
  }
  return {
    folder,
    heddle,
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- only the caller knows the document's shape
    json: <T>(...words: string[]) => JSON.parse(json(...words)) as T,
    lines: <T>(...words: string[]) =>
      json(...words)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as T),
    start: (...words) => spawn(HEDDLE, words, { cwd: folder, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] }),
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
