/** The checks of `heddle doctor`. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { HeddleError } from '../../model/errors.ts'
import { formatBytes } from '../../model/units.ts'
import { openForReading } from '../../store/sqlite/open.ts'
import { engineOf } from '../engine-alive.ts'
import { PIPELINE_FILE, type ProjectPlace } from '../project.ts'
import { readProject } from '../read-project.ts'
import { VERSION } from '../version.ts'

/** One check, as contract.md has it. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly message: string
  readonly hint: string | null
}

const MINIMUM_NODE = 24
const MINIMUM_PYTHON = [3, 8] as const
const LITTLE_SPACE_BYTES = 2 ** 30

/** Checks this machine, and the project if there is one. */
export async function* checks(place: ProjectPlace | undefined): AsyncIterable<Check> {
  yield node()
  yield shell()
  yield python()
  yield good('machine', `${availableParallelism()} cores, ${formatBytes(totalmem())} memory`)
  yield space(place?.folder ?? process.cwd())
  if (place === undefined) {
    yield good('project', 'none here: `heddle init NAME` makes one')
    return
  }
  yield await pipeline(place)
  yield writable(place)
  if (!existsSync(join(place.store, 'heddle.db'))) {
    yield good('store', 'nothing was run here yet')
    return
  }
  yield store(place)
  yield lock(place)
  yield clones(place)
  yield leftovers(place)
}

function good(name: string, message: string): Check {
  return { name, ok: true, message, hint: null }
}

function bad(name: string, message: string, hint: string): Check {
  return { name, ok: false, message, hint }
}

function node(): Check {
  const enough = Number(process.versions.node.split('.')[0]) >= MINIMUM_NODE
  const message = `heddle ${VERSION} on Node.js ${process.versions.node}`
  return enough
    ? good('node', message)
    : bad('node', message, `Node.js ${MINIMUM_NODE} or later is needed; Heddle brings its own, npm ci fetches it`)
}

function shell(): Check {
  const { status, stdout } = spawnSync('sh', ['-c', 'echo works'], { encoding: 'utf8' })
  return status === 0 && stdout === 'works\n'
    ? good('sh', 'sh works')
    : bad('sh', 'sh cannot be started', 'commands need a POSIX shell called sh in the PATH')
}

function python(): Check {
  const program = process.env.HEDDLE_PYTHON || 'python3'
  const { status, stdout } = spawnSync(program, ['-c', 'import sys; print(*sys.version_info[:3], sep=".")'], { encoding: 'utf8' })
  if (status !== 0)
    return bad(
      'python',
      `${program} cannot be started`,
      'only tasks with python: need it; install Python 3.8 or later, or name one in HEDDLE_PYTHON',
    )
  const version = stdout.trim()
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = major > MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1])
  return enough
    ? good('python', `Python ${version}`)
    : bad('python', `Python ${version} is too old`, 'tasks with python: need 3.8 or later')
}

function space(folder: string): Check {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const message = `${formatBytes(free)} free`
  return free >= LITTLE_SPACE_BYTES ? good('disk', message) : bad('disk', message, 'results need room; free some space')
}

async function pipeline(place: ProjectPlace): Promise<Check> {
  if (!existsSync(join(place.folder, place.file)))
    return bad('pipeline', `there is no ${place.shown}`, `put the pipeline into ${PIPELINE_FILE}`)
  const errors = (await readProject(place)).problems.filter(({ severity }) => severity === 'error').length
  return errors === 0
    ? good('pipeline', `${place.shown} is well formed`)
    : bad('pipeline', `${place.shown} has ${errors} errors`, '`heddle lint` shows them')
}

function writable({ folder, store }: ProjectPlace): Check {
  try {
    accessSync(existsSync(store) ? store : folder, constants.W_OK)
    return good('writable', 'the project can be written to')
  } catch {
    return bad('writable', 'the project cannot be written to', 'make the folder writable, or work in a copy')
  }
}

function store({ store }: ProjectPlace): Check {
  const hint = 'move the folder .heddle aside and run again; outputs with a path: stay where they are'
  try {
    const database = openForReading(join(store, 'heddle.db'))
    try {
      const found = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string }
      const { runs } = database.prepare('SELECT count(*) AS runs FROM runs').get() as { runs: number }
      return found.quick_check === 'ok' ? good('store', `sound, ${runs} runs`) : bad('store', `damaged: ${found.quick_check}`, hint)
    } finally {
      database.close()
    }
  } catch (error) {
    return bad('store', (error as Error).message, (error instanceof HeddleError ? error.hint : undefined) ?? hint)
  }
}

function lock(place: ProjectPlace): Check {
  const holder = engineOf({ place })
  return good('lock', holder === undefined ? 'nothing runs here now' : `run ${holder.run ?? ''} goes on (process ${holder.pid})`)
}

/** Whether copies are free: the file system shares blocks. */
function clones({ store }: ProjectPlace): Check {
  let folder: string | undefined
  try {
    folder = mkdtempSync(join(existsSync(join(store, 'tmp')) ? join(store, 'tmp') : tmpdir(), 'doctor-'))
    writeFileSync(join(folder, 'a'), 'clone')
    copyFileSync(join(folder, 'a'), join(folder, 'b'), constants.COPYFILE_FICLONE_FORCE)
    return good('clones', 'copies of files share their blocks')
  } catch {
    if (folder === undefined) return good('clones', 'not tried, for nothing can be written')
    return good('clones', 'this file system makes whole copies of files: outputs with a path: take their room twice')
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
}

function leftovers(place: ProjectPlace): Check {
  const folder = join(place.store, 'tmp')
  const names = existsSync(folder) ? readdirSync(folder) : []
  if (names.length === 0 || engineOf({ place }) !== undefined) return good('leftovers', 'none')
  return good('leftovers', `${names.length} temporary files of a run that was interrupted; the next run removes them`)
}
