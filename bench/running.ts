/** Run many small quanta, fully recorded; beside floors and peers in the same run. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Measured, measure, sideBySide } from './measure.ts'
import { flatProject, forget, HEDDLE, inProject } from './projects.ts'
import { aSecond, type Line, times } from './table.ts'

const COMMANDS = 5000
const FUNCTIONS = 20_000
const PEER_FUNCTIONS = 5000

/** 5,000 × `/bin/true` in two slots. */
export async function commands(runs: number): Promise<Line[]> {
  return inProject(flatProject(COMMANDS, 'command: /bin/true', false), async (folder) => {
    const ninja = existsSync('/usr/bin/ninja')
    writeFileSync(
      join(folder, 'build.ninja'),
      `rule t\n  command = /bin/true\n${Array.from({ length: COMMANDS }, (_, i) => `build o${i}: t\n`).join('')}`,
    )
    const took = await sideBySide(runs, {
      heddle: () => fresh(folder),
      xargs: () => measure(['sh', '-c', `seq ${COMMANDS} | xargs -n1 -P2 sh -c /bin/true`]),
      ...(ninja ? { ninja: () => measure(['ninja', '-j2'], { cwd: folder }) } : {}),
    })
    const ours = took.heddle as Measured
    return Object.entries(took)
      .filter(([name]) => name !== 'heddle')
      .map(([name, other]) => ({
        work: `${COMMANDS.toLocaleString('en')} × /bin/true, recorded, start of the process included`,
        ours: aSecond(COMMANDS, ours.seconds),
        beside: `${name} ${aSecond(COMMANDS, other.seconds)}`,
        ratio: times(other.seconds / ours.seconds),
        target: name === 'xargs' ? '≥ × 1.00' : '',
      }))
  })
}

/** 20,000 Python no-ops in two slots, beside Parsl's high-throughput executor. */
export async function pythonFunctions(runs: number): Promise<Line[]> {
  const parsl = await parslPython()
  return inProject(flatProject(FUNCTIONS, 'python: "body:noop"', true), async (folder) => {
    const script = new URL('peers/parsl-htex.py', import.meta.url).pathname
    // Parsl finds its own programs by PATH.
    const env = { ...process.env, PATH: `${dirname(parsl)}:${process.env.PATH}` }
    const took = await sideBySide(runs, {
      heddle: () => fresh(folder),
      parsl: () => measure([parsl, script, String(PEER_FUNCTIONS)], { cwd: folder, env }),
    })
    // Parsl's script times its own submitting and waiting after the start of its executor; a run's own record of its length is the same for Heddle.
    const theirs = Number((took.parsl as Measured).output.trim().split('\n').at(-1))
    const beside = `Parsl HTEX, ${PEER_FUNCTIONS.toLocaleString('en')} after its start, ${aSecond(theirs, 1)}`
    const work = `${FUNCTIONS.toLocaleString('en')} Python no-ops, recorded`
    const line = (what: string, seconds: number, target: string): Line => ({
      work: `${work}, ${what}`,
      ours: aSecond(FUNCTIONS, seconds),
      beside,
      ratio: times(FUNCTIONS / seconds / theirs),
      target,
    })
    return [
      line('from the run’s start to its end', await runSeconds(folder), '≥ × 15'),
      line('start of the process included', (took.heddle as Measured).seconds, ''),
    ]
  })
}

/** Length of a project's last run as it recorded it, from its first event to its last: workers start and everything is committed within. */
async function runSeconds(folder: string): Promise<number> {
  const { output } = await measure([HEDDLE, 'query', 'runs', '--limit', '1', '--json'], { cwd: folder })
  return (JSON.parse(output.trim()) as { seconds: number }).seconds
}

async function fresh(folder: string): Promise<Measured> {
  forget(folder)
  return measure([HEDDLE, 'run', '--quiet', '--slots', '2'], { cwd: folder })
}

/** A Python with Parsl, in an environment of its own that is made once. */
async function parslPython(): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'heddle', 'bench-parsl')
  const python = join(folder, 'bin', 'python')
  if (existsSync(join(folder, 'ready'))) return python
  mkdirSync(folder, { recursive: true })
  await measure(['python3', '-m', 'venv', folder])
  await measure([python, '-m', 'pip', 'install', '--quiet', 'parsl==2026.10.26'])
  writeFileSync(join(folder, 'ready'), '')
  return python
}
