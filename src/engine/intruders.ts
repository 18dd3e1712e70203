/** Notices what appears in `.heddle` that Heddle did not put there, and that it is gone. */
import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { HeddleError } from '../model/errors.ts'

/** File systems stamp files with a clock that lags a little. */
const SLACK_MS = 10

/** A folder that is looked at, and the names that Heddle itself, in any process, may put there at any time. */
interface Watched {
  readonly folder: string
  readonly own: RegExp
  known: Set<string>
  changed: bigint
}

const DATABASE = 'heddle.db'
const TOP = /^((heddle|lock)\.db(-journal|-wal|-shm)?|lock(\.new)?|objects|graphs|tmp|logs|cache)$/
const OBJECTS = /^[0-9a-f]{2}$/

/** Watches the top of `.heddle` and of its objects; a look costs two stats while nothing changes. */
export class IntruderWatch {
  readonly #heddleFolder: string
  readonly #watched: readonly Watched[]
  readonly #found: { readonly name: string; readonly at: number }[] = []

  constructor(heddleFolder: string) {
    this.#heddleFolder = heddleFolder
    this.#watched = [watch(heddleFolder, TOP), watch(join(heddleFolder, 'objects'), OBJECTS)]
  }

  /** Looks what is new. Throws `store-failed` when the store was removed. */
  look(): void {
    for (const watched of this.#watched) this.#lookAt(watched)
  }

  #lookAt(watched: Watched): void {
    const changed = stampOf(watched.folder)
    if (changed === watched.changed) return
    watched.changed = changed
    const names = namesIn(watched.folder)
    if (watched.folder === this.#heddleFolder && !names.includes(DATABASE)) {
      throw new HeddleError('store-failed', `${join(watched.folder, DATABASE)} was removed while the run went on`, {
        hint: 'a body may have done it; what this run did is not kept',
      })
    }
    for (const name of names) {
      if (watched.known.has(name) || watched.own.test(name)) continue
      const stat = statSync(join(watched.folder, name), { throwIfNoEntry: false })
      if (stat !== undefined) this.#found.push({ name: relative(this.#heddleFolder, join(watched.folder, name)), at: stat.ctimeMs })
    }
    watched.known = new Set(names)
  }

  /** Name of something that appeared between these times (ms since 1970), or undefined. */
  between(from: number, to: number): string | undefined {
    return this.#found.find(({ at }) => at >= from - SLACK_MS && at <= to + SLACK_MS)?.name
  }
}

function watch(folder: string, own: RegExp): Watched {
  return { folder, own, known: new Set(namesIn(folder)), changed: stampOf(folder) }
}

/** 0 where the folder is not there. */
function stampOf(folder: string): bigint {
  return statSync(folder, { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
