/** Gives bodies the datasets that they read, under names with an ending, and watches that nothing changes them meanwhile. */
import { type BigIntStats, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contents } from './contents.ts'
import type { InputItem } from './job.ts'
import type { RunRepository } from './repository.ts'
import type { ConnectionFrame } from './task-frame.ts'

/** A file that a body reads, as it was before. */
export interface WatchedFile {
  readonly d: number
  readonly path: string
  readonly stat: string
  /** undefined: an overall input; else the object that it is. */
  readonly object: string | undefined
}

/** How an input was found changed after the body. */
export interface ChangedFile {
  readonly d: number
  readonly what: 'input' | 'object'
}

/** An input whose bytes are not those that the plan knew. */
export class InputChangedError extends Error {
  readonly d: number

  constructor(d: number) {
    super('changed since the plan was made')
    this.d = d
  }
}

/** File systems stamp files with a clock that lags a little. */
const CLOCK_LAG_MS = 20

/** Stages inputs in the folder of a run; what is staged serves every quantum that reads it. */
export class Staging {
  readonly #folder: string
  readonly #contents: Contents
  readonly #repository: RunRepository
  readonly #plannedAt: number
  readonly #staged = new Map<number, string>()

  constructor(folder: string, contents: Contents, repository: RunRepository, plannedAt: number) {
    this.#folder = folder
    this.#contents = contents
    this.#repository = repository
    this.#plannedAt = plannedAt
  }

  /** Dataset d for a body; `asFile` when the body wants a path whatever the size. Files to watch are added to `watched`. */
  item(d: number, connection: ConnectionFrame, asFile: boolean, watched: WatchedFile[]): InputItem {
    const content = this.#contents.of(d)
    if (content.kind === 'inline') {
      return asFile ? { path: this.#file(d, connection, content.bytes), inline: undefined } : { path: undefined, inline: content.bytes }
    }
    if (content.kind === 'object') {
      watched.push({ d, path: content.path, stat: fileState(content.path), object: content.digest })
      return { path: asFile ? this.#link(d, connection, content.path) : content.path, inline: undefined }
    }
    const stat = statSync(content.path, { bigint: true, throwIfNoEntry: false })
    if (stat === undefined) throw new InputChangedError(d)
    if (!content.sparse) this.#check(d, content.path, stat)
    watched.push({ d, path: content.path, stat: stateOf(stat), object: undefined })
    return { path: content.path, inline: undefined }
  }

  /** A file that changed after the plan was made must still have the bytes that the plan knew. */
  #check(d: number, path: string, stat: BigIntStats): void {
    if (Number(stat.ctimeMs) < this.#plannedAt - CLOCK_LAG_MS) return
    if (this.#repository.digestNow(path) !== this.#contents.digest(d)) throw new InputChangedError(d)
  }

  #file(d: number, connection: ConnectionFrame, bytes: Uint8Array): string {
    return this.#once(d, connection, (path) => writeFileSync(path, bytes, { mode: 0o444 }))
  }

  #link(d: number, connection: ConnectionFrame, object: string): string {
    return this.#once(d, connection, (path) => symlinkSync(object, path))
  }

  #once(d: number, { extension }: ConnectionFrame, make: (path: string) => void): string {
    const known = this.#staged.get(d)
    if (known !== undefined) return known
    const path = join(this.#folder, `in-${d}${extension}`)
    make(path)
    this.#staged.set(d, path)
    return path
  }

  /** The first of these files that is not what it was. */
  changed(watched: readonly WatchedFile[]): ChangedFile | undefined {
    for (const { d, path, stat, object } of watched) {
      if (fileState(path) === stat) continue
      if (this.#repository.digestNow(path) === this.#contents.digest(d)) continue
      if (object !== undefined) this.#repository.objects.remove(object)
      return { d, what: object === undefined ? 'input' : 'object' }
    }
    return undefined
  }
}

function fileState(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? 'absent' : stateOf(stat)
}

function stateOf(stat: BigIntStats): string {
  return `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`
}
