/** Notices what appears in `.heddle` that Heddle did not put there. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** File systems stamp files with a clock that lags a little. */
const SLACK_MS = 10

/** Watches the top of one folder; a look costs one stat while nothing changes. */
export class IntruderWatch {
  readonly #folder: string
  #known: Set<string>
  #changed: bigint
  readonly #found: { readonly name: string; readonly at: number }[] = []

  constructor(folder: string) {
    this.#folder = folder
    this.#known = new Set(readdirSync(folder))
    this.#changed = this.#stamp()
  }

  /** Looks what is new. */
  look(): void {
    const changed = this.#stamp()
    if (changed === this.#changed) return
    this.#changed = changed
    const names = readdirSync(this.#folder)
    for (const name of names) {
      if (this.#known.has(name) || OWN.test(name)) continue
      const stat = statSync(join(this.#folder, name), { throwIfNoEntry: false })
      if (stat !== undefined) this.#found.push({ name, at: stat.ctimeMs })
    }
    this.#known = new Set(names)
  }

  /** Name of something that appeared between these times (ms since 1970), or undefined. */
  between(from: number, to: number): string | undefined {
    return this.#found.find(({ at }) => at >= from - SLACK_MS && at <= to + SLACK_MS)?.name
  }

  #stamp(): bigint {
    return statSync(this.#folder, { bigint: true }).mtimeNs
  }
}

/** What Heddle itself, in any process, may make there at any time. */
const OWN = /^((heddle|lock)\.db(-journal|-wal|-shm)?|lock(\.new)?|objects|graphs|tmp|logs)$/
