/** Reads YAML into plain values whose places in the text can be asked for; everything wrong with the text is a problem, never an exception. */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Position } from '../model/errors.ts'
import type { ProblemList } from './problem-list.ts'

/** Keys and indices from the root to a value. */
export type Path = readonly (string | number)[]

/** Deepest nesting that a person would write. */
const DEEPEST = 100
/** Values that aliases may expand to altogether. */
const MOST_ALIASED = 10_000

/** A parsed text: its value, and where everything in it stands. */
export interface YamlDocument {
  /** null where the text could not be understood. */
  readonly value: unknown
  /** Place of the value at a path (or of its key); of the nearest thing around it that exists. */
  at(path: Path, part?: 'key' | 'value'): Position
  /** Place of a piece of text within the scalar at a path, the `nth` of its kind; of the scalar when it stands there in another spelling. */
  within(path: Path, piece: string, nth?: number): Position
  /** The scalar at a path as it was written, without quotes. */
  written(path: Path): string | undefined
}

/** Parses one YAML document. */
export function parseYaml(file: string, text: string, problems: ProblemList): YamlDocument {
  return new Reader(file, text, problems)
}

class Reader implements YamlDocument {
  readonly value: unknown
  readonly #file: string
  readonly #text: string
  readonly #problems: ProblemList
  readonly #lines = new LineCounter()
  readonly #root: Node | null
  readonly #anchors = new Map<string, Node>()
  readonly #targets = new Map<Alias, Node>()
  readonly #indices = new Map<YAMLMap, Map<string, Pair>>()
  #aliased = 0
  #inAlias = false

  constructor(file: string, text: string, problems: ProblemList) {
    this.#file = file
    this.#text = text
    this.#problems = problems
    this.#root = this.#parse()
    this.value = this.#root === null ? null : this.#plain(this.#root, 0)
  }

  at(path: Path, part: 'key' | 'value' = 'value'): Position {
    const { node, key } = this.#find(path)
    return this.#position(startOf(part === 'key' ? (key ?? node) : (node ?? key)))
  }

  within(path: Path, piece: string, nth = 0): Position {
    const range = this.#find(path).node?.range
    if (range == null) return this.at(path)
    let offset = range[0] - 1
    for (let found = 0; found <= nth; found++) {
      offset = this.#text.indexOf(piece, offset + 1)
      if (offset < 0 || offset >= range[1]) return this.at(path)
    }
    return this.#position(offset)
  }

  written(path: Path): string | undefined {
    const { node, found } = this.#find(path)
    return found && isScalar(node) ? node.source : undefined
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset)
    return { file: this.#file, line: Math.max(1, line), column: Math.max(1, col) }
  }

  #parse(): Node | null {
    try {
      // Duplicate keys are found below: the library compares each key with every other.
      const document = parseDocument(this.#text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' })
      for (const error of [...document.errors, ...document.warnings]) {
        const code = YAML_CODES[error.code] ?? 'yaml-syntax'
        this.#problems.error(code, this.#position(error.pos[0]), lowerFirst(error.message))
      }
      return document.contents
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#problems.error('yaml-nesting', this.#position(0), `values are nested too deeply; at most ${DEEPEST} levels are read`)
      return null
    }
  }

  #plain(node: Node | null, depth: number): unknown {
    if (node === null) return null
    if (depth > DEEPEST) {
      this.#problems.error(
        'yaml-nesting',
        this.#position(startOf(node)),
        `values are nested too deeply; at most ${DEEPEST} levels are read`,
      )
      return null
    }
    if (this.#inAlias && this.#aliased++ > MOST_ALIASED) return this.#bomb(node)
    if (isAlias(node)) return this.#expanded(node, depth)
    const value = isMap(node) ? this.#record(node, depth) : isSeq(node) ? this.#list(node, depth) : this.#scalar(node)
    // Known only once it is complete, so that nothing can hold itself.
    if ('anchor' in node && typeof node.anchor === 'string' && !this.#inAlias) this.#anchors.set(node.anchor, node)
    return value
  }

  #record(node: YAMLMap, depth: number): Record<string, unknown> {
    const record: Record<string, unknown> = Object.create(null)
    const index = this.#index(node)
    for (const pair of node.items) {
      const key = keyText(pair)
      const first = index.get(key)
      if (first !== pair) {
        const line = this.#position(startOf(first?.key as Node)).line
        this.#problems.error(
          'duplicate-key',
          this.#position(startOf(pair.key as Node)),
          `${JSON.stringify(key)} stands here for the second time; the first is in line ${line}`,
        )
      } else record[key] = this.#plain(pair.value as Node | null, depth + 1)
    }
    return record
  }

  #list(node: YAMLSeq, depth: number): unknown[] {
    return node.items.map((item) => this.#plain(item as Node | null, depth + 1))
  }

  #scalar(node: Node): unknown {
    const value = isScalar(node) ? node.value : null
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.#problems.error(
        'not-a-number',
        this.#position(startOf(node)),
        `${String(value)} is no number that can be kept; expected a finite number`,
      )
      return 0
    }
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(node.toString())) {
      this.#problems.error(
        'not-a-number',
        this.#position(startOf(node)),
        'this integer is beyond 2^53 and would be rounded; expected it in quotes',
      )
    }
    return typeof value === 'bigint' ? Number(value) : value
  }

  #expanded(alias: Alias, depth: number): unknown {
    const target = this.#targets.get(alias) ?? this.#anchors.get(alias.source)
    if (target === undefined) {
      this.#problems.error('yaml-alias', this.#position(startOf(alias)), `no anchor &${alias.source} stands before this alias`)
      return null
    }
    this.#targets.set(alias, target)
    const outer = this.#inAlias
    this.#inAlias = true
    const value = this.#plain(target, depth + 1)
    this.#inAlias = outer
    return value
  }

  #bomb(node: Node): null {
    if (this.#aliased === MOST_ALIASED + 2) {
      this.#problems.error(
        'alias-bomb',
        this.#position(startOf(node)),
        `aliases expand to more than ${MOST_ALIASED} values; expected the values themselves, or a records: file`,
      )
    }
    return null
  }

  #index(map: YAMLMap): Map<string, Pair> {
    let index = this.#indices.get(map)
    if (index === undefined) {
      index = new Map()
      for (const pair of map.items) if (!index.has(keyText(pair))) index.set(keyText(pair), pair)
      this.#indices.set(map, index)
    }
    return index
  }

  #find(path: Path): { node: Node | null; key: Node | null; found: boolean } {
    let node = this.#root
    let key: Node | null = null
    for (const step of path) {
      while (isAlias(node)) node = this.#targets.get(node) ?? null
      const pair = isMap(node) ? this.#index(node).get(String(step)) : undefined
      const item = isSeq(node) ? (node.items[Number(step)] as Node | undefined) : undefined
      if (pair === undefined && item === undefined) return { node, key, found: false }
      key = pair === undefined ? null : (pair.key as Node)
      node = pair === undefined ? (item ?? null) : (pair.value as Node | null)
    }
    return { node, key, found: true }
  }
}

const YAML_CODES = { TAB_AS_INDENT: 'yaml-tab', TAG_RESOLVE_FAILED: 'yaml-tag', MULTIPLE_DOCS: 'yaml-documents' } as Readonly<
  Record<string, 'yaml-tab' | 'yaml-tag' | 'yaml-documents' | undefined>
>

function keyText(pair: Pair): string {
  const { key } = pair
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key ?? '')
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '')
}
