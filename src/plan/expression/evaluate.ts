/**
 * What expressions compute, as closures over rows of any kind. A condition is true, false or null (unknown); NULL makes
 * arithmetic and comparisons unknown, as in SQL.
 */
import type { Timespan, Value } from '../../model/value.ts'
import { compareCodePoints, normalInteger } from '../../model/value.ts'
import { globMatcher } from './glob.ts'
import type { ArithmeticOperator, ComparisonOperator } from './syntax.ts'

/** Reads a value from a row. */
export type Getter<R> = (row: R) => Value
/** Computes a condition on a row. */
export type Condition<R> = (row: R) => boolean | null
/** Makes a getter out of the getters of the columns, by column index. */
export type Build = <R>(columns: readonly Getter<R>[]) => Getter<R>
/** Likewise for a condition. */
export type ConditionBuild = <R>(columns: readonly Getter<R>[]) => Condition<R>

/** The same value for every row. */
export function constant(value: Value): Build {
  return () => () => value
}

/** A column by its index. */
export function column(index: number): Build {
  return (columns) => {
    const getter = columns[index]
    if (getter === undefined) throw new Error(`no getter for column ${index}`)
    return getter
  }
}

/** One end of a time span; NULL where the span is NULL or open there. */
export function boundOf(span: Build, end: 'begin' | 'end'): Build {
  return (columns) => {
    const get = span(columns)
    return (row) => (get(row) as Timespan | null)?.[end] ?? null
  }
}

/** True only if all are, false if one is. */
export function allOf(parts: readonly Build[]): ConditionBuild {
  return chain(parts, false)
}

/** False only if all are, true if one is. */
export function anyOf(parts: readonly Build[]): ConditionBuild {
  return chain(parts, true)
}

/** AND (`decisive` false) and OR (`decisive` true): the first decisive part decides, else one unknown makes all unknown. */
function chain(parts: readonly Build[], decisive: boolean): ConditionBuild {
  return <R>(columns: readonly Getter<R>[]): Condition<R> => {
    const getters = parts.map((part) => part(columns))
    return (row) => {
      let result: boolean | null = !decisive
      for (let i = 0; i < getters.length; i++) {
        const value = (getters[i] as Getter<R>)(row)
        if (value === decisive) return decisive
        if (value === null) result = null
      }
      return result
    }
  }
}

/** NOT; unknown stays unknown. */
export function not(part: Build): ConditionBuild {
  return (columns) => {
    const get = part(columns)
    return (row) => {
      const value = get(row)
      return value === null ? null : value !== true
    }
  }
}

/** IS NULL; never unknown. */
export function isNull(part: Build): ConditionBuild {
  return (columns) => {
    const get = part(columns)
    return (row) => get(row) === null
  }
}

/** How two values of one comparable type stand: negative, zero, positive. */
type Order = (a: Value, b: Value) => number

/** Numbers with numbers or bigints, bigints, booleans; JavaScript compares a number with a bigint exactly. */
function plainOrder(a: Value, b: Value): number {
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0
}

function textOrder(a: Value, b: Value): number {
  return a === b ? 0 : compareCodePoints(a as string, b as string)
}

/** Zero when both ends are equal; time spans have no order. */
function spanOrder(a: Value, b: Value): number {
  const [x, y] = [a as Timespan, b as Timespan]
  return (x.begin === y.begin && x.end === y.end) || (isEmpty(x) && isEmpty(y)) ? 0 : 1
}

/** What comparing needs to know of a type. */
export type Comparable = 'plain' | 'text' | 'span'
const ORDERS: Readonly<Record<Comparable, Order>> = { plain: plainOrder, text: textOrder, span: spanOrder }

const HOLDS: Readonly<Record<Exclude<ComparisonOperator, 'OVERLAPS'>, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** A comparison; unknown where either side is NULL. */
export function compare(operator: Exclude<ComparisonOperator, 'OVERLAPS'>, left: Build, right: Build, kind: Comparable): ConditionBuild {
  const order = ORDERS[kind]
  const holds = HOLDS[operator]
  return (columns) => {
    const [a, b] = [left(columns), right(columns)]
    return (row) => {
      const x = a(row)
      const y = b(row)
      return x === null || y === null ? null : holds(order(x, y))
    }
  }
}

/** What an `IN` list holds. */
export interface Members {
  readonly kind: Comparable
  /** Values that are known before any row; no NULL. */
  readonly constants: readonly Value[]
  /** Whether NULL is in the list: then a NULL on the left is a member. */
  readonly withNull: boolean
  readonly ranges: readonly { readonly first: bigint; readonly last: bigint; readonly stride: bigint }[]
  readonly columns: readonly Build[]
}

/** Membership: the OR of equalities, each range standing for all of its values. */
export function memberOf(left: Build, members: Members): ConditionBuild {
  const { kind, withNull } = members
  const set = new Set(kind === 'span' ? [] : members.constants.map(integerKey))
  const inRange = members.ranges.map(rangeTest)
  const equal = ORDERS[kind]
  const others = kind === 'span' ? [...members.columns, ...members.constants.map(constant)] : members.columns
  const forNull = withNull ? true : set.size + inRange.length + others.length === 0 ? false : null
  return <R>(columns: readonly Getter<R>[]): Condition<R> => {
    const get = left(columns)
    const getters = others.map((other) => other(columns))
    return (row) => {
      const value = get(row)
      if (value === null) return forNull
      if (set.has(integerKey(value))) return true
      for (const test of inRange) if (test(value as number | bigint)) return true
      let result: false | null = false
      for (const getter of getters) {
        const other = getter(row)
        if (other === null) result = null
        else if (equal(value, other) === 0) return true
      }
      return result
    }
  }
}

/** One key for numbers that are equal, whether number or bigint. */
export function integerKey(value: Value): Value {
  if (typeof value === 'bigint') return normalInteger(value)
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value
}

function rangeTest({ first, last, stride }: Members['ranges'][number]): (value: number | bigint) => boolean {
  const [low, high, step] = [normalInteger(first), normalInteger(last), normalInteger(stride)]
  return (value) => {
    if (value < low || value > high) return false
    if (step === 1) return true
    if (typeof value === 'number' && typeof low === 'number' && typeof step === 'number') {
      const distance = value - low
      if (Number.isSafeInteger(distance)) return distance % step === 0
    }
    return (BigInt(value) - first) % stride === 0n
  }
}

/** Arithmetic on whole numbers: exact, `/` truncates toward zero, `%` has the sign of its left side, by zero is NULL. */
export function integerArithmetic(operator: ArithmeticOperator, left: Build, right: Build): Build {
  const [fast, exact] = INTEGER[operator]
  return (columns) => {
    const [a, b] = [left(columns), right(columns)]
    return (row) => {
      const x = a(row) as number | bigint | null
      const y = b(row) as number | bigint | null
      if (x === null || y === null) return null
      // A bigint zero never occurs: integers up to 2^53 are numbers.
      if (y === 0 && (operator === '/' || operator === '%')) return null
      if (typeof x === 'number' && typeof y === 'number') {
        const result = fast(x, y)
        if (Number.isSafeInteger(result)) return result === 0 ? 0 : result
      }
      return normalInteger(exact(BigInt(x), BigInt(y)))
    }
  }
}

const INTEGER: Readonly<Record<ArithmeticOperator, [(x: number, y: number) => number, (x: bigint, y: bigint) => bigint]>> = {
  '+': [(x, y) => x + y, (x, y) => x + y],
  '-': [(x, y) => x - y, (x, y) => x - y],
  '*': [(x, y) => x * y, (x, y) => x * y],
  // Dividing what is left without the remainder is exact where rounding a quotient might reach the next integer.
  '/': [(x, y) => (x - (x % y)) / y, (x, y) => x / y],
  '%': [(x, y) => x % y, (x, y) => x % y],
}

/** Arithmetic on floats; by zero is NULL. */
export function floatArithmetic(operator: Exclude<ArithmeticOperator, '%'>, left: Build, right: Build): Build {
  const operate = FLOAT[operator]
  return (columns) => {
    const [a, b] = [left(columns), right(columns)]
    return (row) => {
      const x = a(row)
      const y = b(row)
      if (x === null || y === null || (operator === '/' && y === 0)) return null
      return operate(Number(x), Number(y))
    }
  }
}

const FLOAT: Readonly<Record<Exclude<ArithmeticOperator, '%'>, (x: number, y: number) => number>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
}

/** A number with its sign turned. */
export function negate(part: Build): Build {
  return (columns) => {
    const get = part(columns)
    return (row) => {
      const value = get(row) as number | bigint | null
      return value === null ? null : value === 0 ? 0 : -value
    }
  }
}

/** Whether two time spans share an instant. */
export function overlapSpans(left: Build, right: Build): ConditionBuild {
  return pair(left, right, (a, b) => {
    const [x, y] = [a as Timespan, b as Timespan]
    return !isEmpty(x) && !isEmpty(y) && startsBefore(x, y) && startsBefore(y, x)
  })
}

/** Whether a time span holds an instant; its begin does, its end does not. */
export function spanHolds(span: Build, instant: Build): ConditionBuild {
  return pair(span, instant, (a, b) => {
    const { begin, end } = a as Timespan
    const at = b as bigint
    return (begin === null || begin <= at) && (end === null || at < end)
  })
}

/** Whether a text matches a pattern of `*` and `?`. */
export function glob(part: Build, pattern: string): ConditionBuild {
  const matches = globMatcher(pattern)
  return (columns) => {
    const get = part(columns)
    return (row) => {
      const value = get(row)
      return value === null ? null : matches(value as string)
    }
  }
}

function pair(left: Build, right: Build, test: (a: Value, b: Value) => boolean): ConditionBuild {
  return (columns) => {
    const [a, b] = [left(columns), right(columns)]
    return (row) => {
      const x = a(row)
      const y = b(row)
      return x === null || y === null ? null : test(x, y)
    }
  }
}

function isEmpty({ begin, end }: Timespan): boolean {
  return begin !== null && end !== null && begin >= end
}

function startsBefore(a: Timespan, b: Timespan): boolean {
  return a.begin === null || b.end === null || a.begin < b.end
}
