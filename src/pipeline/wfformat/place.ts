/** Typed access to a JSON document that others wrote: what is not as expected throws, and names its place. */
import { HeddleError } from '../../model/errors.ts'

/** Throws `wfformat` about a place such as `workflow.specification.tasks[3].id`. */
export function objectTo(path: string, message: string, hint?: string): never {
  throw new HeddleError('wfformat', `${path === '' ? 'the document' : path}: ${message}`, hint === undefined ? {} : { hint })
}

/** A value and where it stands. */
export class Place {
  readonly value: unknown
  readonly path: string

  constructor(value: unknown, path: string) {
    this.value = value
    this.path = path
  }

  /** A key of an object; what is not there has the value undefined. */
  get(key: string): Place {
    return new Place(this.#object()[key], this.path === '' ? key : `${this.path}.${key}`)
  }

  get exists(): boolean {
    return this.value !== undefined && this.value !== null
  }

  items(): Place[] {
    if (!Array.isArray(this.value)) return objectTo(this.path, `expected a list, found ${named(this.value)}`)
    return this.value.map((item, i) => new Place(item, `${this.path}[${i}]`))
  }

  /** Items of a list, or none where there is no list. */
  optionalItems(): Place[] {
    return this.exists ? this.items() : []
  }

  text(): string {
    if (typeof this.value === 'string' && this.value !== '') {
      // Neither survives in a project's files: text with NUL is binary, half a surrogate pair becomes another character.
      if (this.value.includes('\0') || !this.value.isWellFormed())
        return objectTo(this.path, `expected a text, found one with ${this.value.isWellFormed() ? 'U+0000' : 'half a surrogate pair'}`)
      return this.value
    }
    return objectTo(this.path, `expected a text, found ${this.value === '' ? 'an empty one' : named(this.value)}`)
  }

  /** A number ≥ 0, or `otherwise` where there is none. */
  amount(otherwise: number): number {
    if (!this.exists) return otherwise
    if (typeof this.value === 'number' && Number.isFinite(this.value) && this.value >= 0) return this.value
    return objectTo(this.path, `expected a number from 0, found ${typeof this.value === 'number' ? this.value : named(this.value)}`)
  }

  #object(): Record<string, unknown> {
    if (typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value)) return this.value as Record<string, unknown>
    return objectTo(this.path, `expected an object, found ${named(this.value)}`)
  }
}

function named(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}

/** Parses JSON. Throws `wfformat` with line and column of what cannot be read. */
export function parsePlaced(text: string): Place {
  try {
    return new Place(JSON.parse(text.replace(/^\uFEFF/u, '')), '')
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const offset = /at position (\d+)/.exec(message)?.[1]
    const before = text.slice(0, offset === undefined ? 0 : Number(offset)).split('\n')
    const where = offset === undefined ? '' : `line ${before.length}, column ${(before.at(-1) as string).length + 1}: `
    throw new HeddleError('wfformat', `${where}no JSON: ${message.replace(/ in JSON at position .*$/su, '')}`, { cause: error })
  }
}
