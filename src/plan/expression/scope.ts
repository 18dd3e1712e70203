/** What names an expression may use, and what each stands for. A `Pipeline` is a scope; annotations and triggers bring their own. */
import { didYouMean } from '../../model/nearest.ts'
import type { Value, ValueType } from '../../model/value.ts'

/** A dimension as expressions see it. */
export interface ScopeDimension {
  readonly name: string
  readonly type: ValueType
  readonly requires?: readonly string[]
  readonly implies?: readonly string[]
  readonly metadata?: Readonly<Record<string, ValueType>>
  readonly governor?: boolean
  /** Value that a governor has where an expression does not mention it; null or absent: none. */
  readonly default?: Value
}

/** A relation as expressions see it: its metadata are columns `relation.field`. */
export interface ScopeRelation {
  readonly name: string
  readonly dimensions: readonly string[]
  readonly metadata?: Readonly<Record<string, ValueType>>
}

/** Everything that names may stand for. */
export interface Scope {
  readonly dimensions: readonly ScopeDimension[]
  readonly relations: readonly ScopeRelation[]
}

/** A column that an expression reads: a dimension's own value (`field` null), or metadata of a dimension or relation. */
export interface ColumnReference {
  readonly element: string
  readonly field: string | null
  readonly type: ValueType
  /** Dimensions whose values pick the row: the element's own, with those they require. */
  readonly dimensions: readonly string[]
}

/** A name that was understood; `bound` when it is one end of a time span. */
export interface Resolved {
  readonly column: ColumnReference
  readonly bound?: 'begin' | 'end'
}

/** A dimension's or relation's fields. */
interface Element {
  readonly name: string
  readonly dimensions: readonly string[]
  readonly metadata: ReadonlyMap<string, ValueType>
  /** Dimensions that it names as a field, such as `visit.instrument`, by field. */
  readonly keys: ReadonlyMap<string, string>
}

/** Looks names up in a scope. */
export class Names {
  readonly #scope: ReadonlyMap<string, ScopeDimension>
  readonly #elements = new Map<string, Element>()
  /** Elements that have a metadata field of that name. */
  readonly #owners = new Map<string, Element[]>()

  constructor(scope: Scope) {
    this.#scope = new Map(scope.dimensions.map((dimension) => [dimension.name, dimension]))
    for (const dimension of scope.dimensions) this.#addDimension(dimension)
    for (const relation of scope.relations) {
      const dimensions = this.required(relation.dimensions)
      this.#add(relation.name, dimensions, relation.metadata, new Map(dimensions.map((name) => [name, name])))
    }
  }

  #addDimension({ name, implies, metadata }: ScopeDimension): void {
    const dimensions = this.required([name])
    const keys = new Map([...dimensions, ...(implies ?? [])].map((key) => [key, key]))
    for (const alias of ['id', 'name']) if (!keys.has(alias) && metadata?.[alias] === undefined) keys.set(alias, name)
    this.#add(name, dimensions, metadata, keys)
  }

  #add(name: string, dimensions: readonly string[], metadata: ScopeDimension['metadata'], keys: ReadonlyMap<string, string>): void {
    const element = { name, dimensions, metadata: new Map(Object.entries(metadata ?? {})), keys }
    this.#elements.set(name, element)
    for (const field of element.metadata.keys()) this.#owners.set(field, [...(this.#owners.get(field) ?? []), element])
  }

  /** Dimensions with all that they require. */
  required(names: readonly string[]): readonly string[] {
    return this.#closure(names, (dimension) => dimension.requires ?? [])
  }

  /** Dimensions with all that they require or imply. */
  closure(names: readonly string[]): readonly string[] {
    return this.#closure(names, (dimension) => [...(dimension.requires ?? []), ...(dimension.implies ?? [])])
  }

  #closure(names: readonly string[], next: (dimension: ScopeDimension) => readonly string[]): readonly string[] {
    const found = new Set(names)
    for (const name of found) {
      const dimension = this.#scope.get(name)
      if (dimension !== undefined) for (const other of next(dimension)) found.add(other)
    }
    return [...found]
  }

  /** What a name stands for, or a message why it is none. */
  resolve(name: string): Resolved | string {
    const parts = name.split('.')
    const last = parts.at(-1)
    const bound = last === 'begin' || last === 'end' ? last : undefined
    const whole = this.#plain(parts)
    if (typeof whole !== 'string') return { column: whole }
    if (bound === undefined || parts.length === 1) return whole
    const column = this.#plain(parts.slice(0, -1))
    if (typeof column === 'string') return parts.length === 3 ? column : whole
    if (column.type === 'timespan') return { column, bound }
    return parts.length === 3 ? `${parts.slice(0, -1).join('.')} is ${column.type}; only a timespan has begin and end` : whole
  }

  /** A column by `dimension`, `field` or `element.field`. */
  #plain(parts: readonly string[]): ColumnReference | string {
    const [first, second, third] = parts as [string, string?, string?]
    if (third !== undefined) return `unknown name ${JSON.stringify(parts.join('.'))}; a third part is begin or end of a timespan`
    return second === undefined ? this.#single(first) : this.#qualified(first, second)
  }

  #single(name: string): ColumnReference | string {
    if (this.#scope.has(name)) return this.#dimension(name)
    const [owner, ...others] = this.#owners.get(name) ?? []
    if (owner === undefined) {
      const known = [...this.#scope.keys(), ...this.#owners.keys()]
      return `unknown name ${JSON.stringify(name)}; expected a dimension or a field of one${didYouMean(name, known) || listed(this.#scope.keys())}`
    }
    if (others.length === 0) return this.#metadata(owner, name)
    const choices = [owner, ...others].map((element) => `${element.name}.${name}`)
    return `${JSON.stringify(name)} is ambiguous; expected one of ${choices.join(', ')}`
  }

  #qualified(first: string, second: string): ColumnReference | string {
    const element = this.#elements.get(first)
    if (element === undefined) {
      return `unknown name ${JSON.stringify(first)}; expected a dimension or relation before the dot${didYouMean(first, this.#elements.keys()) || listed(this.#elements.keys())}`
    }
    const key = element.keys.get(second)
    if (key !== undefined && this.#scope.has(key)) return this.#dimension(key)
    if (element.metadata.has(second)) return this.#metadata(element, second)
    const known = [...element.metadata.keys(), ...element.keys.keys()]
    const spans = [...element.metadata].flatMap(([field, type]) => (type === 'timespan' ? [`${field}.begin`, `${field}.end`] : []))
    const ends = spans.filter((span) => span.endsWith(`.${second}`))
    const advice = ends.length > 0 ? `; did you mean "${ends[0]}"?` : didYouMean(second, known)
    return `${first} has no field ${JSON.stringify(second)}${advice || listed(known)}`
  }

  /** The column of a dimension's own value. */
  #dimension(name: string): ColumnReference {
    const { type } = this.#scope.get(name) as ScopeDimension
    return { element: name, field: null, type, dimensions: this.required([name]) }
  }

  #metadata({ name, dimensions, metadata }: Element, field: string): ColumnReference {
    return { element: name, field, type: metadata.get(field) as ValueType, dimensions }
  }
}

/** `; known: a, b, c`, cut where it grows long. */
function listed(names: Iterable<string>): string {
  const all = [...names]
  if (all.length === 0) return '; there are none here'
  return `; known: ${all.slice(0, 12).join(', ')}${all.length > 12 ? ', …' : ''}`
}
