/** Notices what appears in `.heddle` that Heddle did not put there. */
import { readdirSync, statSync } from 'node:fs'

/** Watches the top of one folder; a look costs one stat while nothing changes. */
export class IntruderWatch {
  readonly #folder: string
  #known: Set<string>
  #changed: bigint

  constructor(folder: string) {
    this.#folder = folder
    this.#known = new Set(readdirSync(folder))
    this.#changed = this.#stamp()
  }

  /** Name of something new, or undefined. Each is told once. */
  look(): string | undefined {
    const changed = this.#stamp()
    if (changed === this.#changed) return undefined
    this.#changed = changed
    const names = readdirSync(this.#folder)
    const found = names.find((name) => !this.#known.has(name) && !OWN.test(name))
    this.#known = new Set(names)
    return found
  }

  #stamp(): bigint {
    return statSync(this.#folder, { bigint: true }).mtimeNs
  }
}

/** What Heddle itself, in any process, may make there at any time. */
const OWN = /^(heddle\.db|lock|objects|graphs|tmp|logs|cache)(-journal|-wal|-shm)?$/
