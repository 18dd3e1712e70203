/** From syntax tree to checked expression: names become columns, types must fit, binds become values. */

import { didYouMean } from '../../model/nearest.ts'
import type { Value, ValueType } from '../../model/value.ts'
import type { Binds, Bound } from './binds.ts'
import { boundList, boundValue } from './binds.ts'
import type { Checked } from './checked.ts'
import { columnKey, conjunct, conjunction } from './checked.ts'
import type { Build, Members } from './evaluate.ts'
import * as evaluate from './evaluate.ts'
import type { Span } from './failure.ts'
import { expressionError } from './failure.ts'
import type { Part, PartType } from './parts.ts'
import { COMPARABLE, constantPart, described, isNumeric, mismatchAdvice, pinning, sameKind } from './parts.ts'
import type { ColumnReference, Scope } from './scope.ts'
import { Names } from './scope.ts'
import type { ArithmeticOperator, BindNode, CallNode, ComparisonOperator, Expression, ItemNode, NameNode, Node } from './syntax.ts'

/** Functions of LSST's language that need geometry or dataset ids, which Heddle does not have. */
const KNOWN_ELSEWHERE: ReadonlySet<string> = new Set(['POINT', 'CIRCLE', 'BOX', 'POLYGON', 'REGION', 'UUID'])

/**
 * Which bound names also hide a column when they stand bare: LSST's rule for what a user binds. The others are `:name`
 * only, so that a parameter of a pipeline hides no dimension.
 */
export type BareNames = (name: string) => boolean

/** Checks an expression against what names mean and what is bound. Throws `expression-semantic`. */
export function checkExpression(expression: Expression, scope: Scope, binds: Binds = {}, bare: BareNames = () => true): Checked {
  const names = new Names(scope)
  const context = { text: expression.text, names, binds, bare }
  const parts = conjunctNodes(expression.root).map((node) => new Checker(context).conjunct(node))
  return conjunction(expression.text, parts)
}

/** An expression whose value is a number. */
export interface CheckedNumber {
  /** Columns that it reads, each once; getters stand in this order. */
  readonly columns: readonly ColumnReference[]
  readonly build: Build
}

/** Checks an expression that gives a number, such as a size. Binds are `:name` only. Throws `expression-semantic`. */
export function checkNumber(expression: Expression, scope: Scope, binds: Binds = {}): CheckedNumber {
  return new Checker({ text: expression.text, names: new Names(scope), binds, bare: () => false }).number(expression.root)
}

function conjunctNodes(root: Node | undefined): readonly Node[] {
  if (root === undefined) return []
  return root.kind === 'and' ? root.operands.flatMap(conjunctNodes) : [root]
}

/** What all conjuncts of an expression share. */
interface Context {
  readonly text: string
  readonly names: Names
  readonly binds: Binds
  readonly bare: BareNames
}

class Checker {
  readonly #text: string
  readonly #names: Names
  readonly #binds: Binds
  readonly #bare: BareNames
  readonly #columns: ColumnReference[] = []
  readonly #places: Span[] = []
  readonly #index = new Map<string, number>()

  constructor({ text, names, binds, bare }: Context) {
    this.#text = text
    this.#names = names
    this.#binds = binds
    this.#bare = bare
  }

  conjunct(node: Node): Checked {
    const part = this.#condition(node)
    return conjunct({
      text: this.#source(node),
      source: this.#text,
      columns: this.#columns,
      places: this.#places,
      dimensions: this.#names.closure([...new Set(this.#columns.flatMap((column) => column.dimensions))]),
      pinned: part.pinned,
      build: part.build,
    })
  }

  number(root: Node | undefined): CheckedNumber {
    if (root === undefined) return this.#fail({ start: 0, end: 0 }, 'expected a number, and this is empty')
    const part = this.#part(root)
    if (isNumeric(part.type)) return { columns: this.#columns, build: part.build }
    return this.#fail(root, `expected a number, and this is ${part.type === 'condition' ? 'a condition' : described(part.type)}`)
  }

  #fail(span: Span, message: string, hint?: string): never {
    throw expressionError('expression-semantic', this.#text, span, message, hint)
  }

  #source({ start, end }: Span): string {
    return this.#text.slice(start, end)
  }

  /** A part that is true, false or unknown: a condition or a bool. */
  #condition(node: Node): Part {
    const part = this.#part(node)
    if (part.type === 'condition' || part.type === 'bool') return part
    return this.#fail(node, `expected a condition such as a comparison, and this is ${described(part.type)}`)
  }

  /** A part that has a value. */
  #value(node: Node, user: string): Part {
    const part = this.#part(node)
    if (part.type !== 'condition') return part
    return this.#fail(node, `${user} takes values, and this is a condition; join conditions by AND or OR`)
  }

  #part(node: Node): Part {
    switch (node.kind) {
      case 'and':
      case 'or': {
        const builds = node.operands.map((operand) => this.#condition(operand).build)
        return { span: node, type: 'condition', build: node.kind === 'and' ? evaluate.allOf(builds) : evaluate.anyOf(builds) }
      }
      case 'not':
        return { span: node, type: 'condition', build: evaluate.not(this.#condition(node.operand).build) }
      case 'compare':
        return node.operator === 'OVERLAPS'
          ? this.#overlaps(node, node.left, node.right)
          : this.#compare(node, node.operator, node.left, node.right)
      case 'in':
        return this.#in(node, node.left, node.items, node.negated)
      case 'arithmetic':
        return this.#arithmetic(node, node.operator, node.left, node.right)
      case 'sign':
        return this.#sign(node, node.operator, node.operand)
      case 'tuple':
        return this.#tuple(node, node.first, node.second)
      case 'glob':
        return this.#glob(node, node.column, node.pattern)
      case 'call':
        return this.#call(node)
      case 'name':
        return this.#name(node)
      case 'bind':
        return this.#bind(node)
      case 'range':
        return this.#fail(node, 'a range stands inside IN (…) only')
      case 'number':
        return constantPart(node, node.type, node.value)
      case 'string':
        return constantPart(node, 'string', node.value)
      default:
        return constantPart(node, 'time', node.value)
    }
  }

  #name(node: NameNode): Part {
    if (this.#means(node)) return this.#bound(node, node.name)
    if (node.name.toUpperCase() === 'NULL') return constantPart(node, 'null', null)
    const found = this.#names.resolve(node.name)
    if (typeof found === 'string') return this.#fail(node, found + this.#instead(node.name, found))
    const column = this.#column(found.column, node)
    const build = evaluate.column(column)
    if (found.bound !== undefined) return { span: node, type: 'time', build: evaluate.boundOf(build, found.bound) }
    return { span: node, type: found.column.type, build, column }
  }

  /** What an unknown name was perhaps meant as: a parameter, or a text without its quotes. */
  #instead(name: string, message: string): string {
    if (Object.hasOwn(this.#binds, name)) return `; the parameter is written :${name}`
    return name.includes('.') || !message.startsWith('unknown name') || message.includes('did you mean')
      ? ''
      : `; a text stands in single quotes: '${name}'`
  }

  #column(reference: ColumnReference, place: Span): number {
    const key = columnKey(reference)
    const known = this.#index.get(key)
    if (known !== undefined) return known
    this.#index.set(key, this.#columns.length)
    this.#places.push(place)
    return this.#columns.push(reference) - 1
  }

  /** Whether a name or bind stands for a bound value. */
  #means(node: NameNode | BindNode): boolean {
    return Object.hasOwn(this.#binds, node.name) && (node.kind === 'bind' || this.#bare(node.name))
  }

  #bind(node: BindNode): Part {
    if (this.#means(node)) return this.#bound(node, node.name)
    const names = Object.keys(this.#binds)
    const known = names.length === 0 ? '; no binds were given' : `; bound: ${names.join(', ')}`
    return this.#fail(node, `nothing is bound to :${node.name}${didYouMean(node.name, names) || known}`)
  }

  /** A scalar that was bound. */
  #bound(node: Span, name: string): Part {
    const json = this.#binds[name] ?? null
    if (Array.isArray(json)) return this.#fail(node, `${name} is bound to a list, which stands inside IN (…) only`)
    const bound = boundValue(json)
    if (typeof bound === 'string') return this.#fail(node, `${name} is bound to what is no value: ${bound}`)
    return constantPart(node, bound.type, bound.value)
  }

  #compare(node: Span, operator: Exclude<ComparisonOperator, 'OVERLAPS'>, left: Node, right: Node): Part {
    const [a, b] = [this.#value(left, operator), this.#value(right, operator)]
    if (a.type === 'null' || b.type === 'null') return this.#compareNull(node, operator, a, b)
    if (!sameKind(a.type, b.type)) {
      return this.#fail(node, `cannot compare ${this.#typed(a)} with ${this.#typed(b)}${mismatchAdvice(a, b)}`)
    }
    const ordered = a.type !== 'timespan' && a.type !== 'bool'
    if (!ordered && operator !== '=' && operator !== '!=') {
      return this.#fail(
        node,
        `a ${a.type} has no order; expected = or !=${a.type === 'timespan' ? ', OVERLAPS, or its .begin or .end' : ''}`,
      )
    }
    const build = evaluate.compare(operator, a.build, b.build, COMPARABLE[a.type as ValueType | 'number'])
    const [column, value] = a.column === undefined ? [b, a] : [a, b]
    const pins = operator === '=' && value.constant !== undefined ? pinning(column, [value.constant]) : {}
    return { span: node, type: 'condition', build, ...pins }
  }

  #compareNull(node: Span, operator: ComparisonOperator, a: Part, b: Part): Part {
    if (operator !== '=' && operator !== '!=') return this.#fail(node, `NULL has no order; expected = NULL or != NULL, not ${operator}`)
    const [other, nothing] = a.type === 'null' ? [b, a] : [a, b]
    // A bind that happens to be null may be asked about; two literal NULLs are a slip.
    if (other.type === 'null' && [other, nothing].every(({ span }) => this.#source(span).toUpperCase() === 'NULL')) {
      return this.#fail(node, 'one side of a comparison with NULL is a column or a bind')
    }
    const test = evaluate.isNull(other.build)
    return { span: node, type: 'condition', build: operator === '=' ? test : evaluate.not(test) }
  }

  #overlaps(node: Span, left: Node, right: Node): Part {
    const [a, b] = [this.#value(left, 'OVERLAPS'), this.#value(right, 'OVERLAPS')]
    if (a.type === 'timespan' && b.type === 'timespan')
      return { span: node, type: 'condition', build: evaluate.overlapSpans(a.build, b.build) }
    if (a.type === 'timespan' && b.type === 'time') return { span: node, type: 'condition', build: evaluate.spanHolds(a.build, b.build) }
    if (a.type === 'time' && b.type === 'timespan') return { span: node, type: 'condition', build: evaluate.spanHolds(b.build, a.build) }
    return this.#fail(
      node,
      `OVERLAPS takes two timespans, or a timespan and a time, not ${this.#typed(a)} and ${this.#typed(b)}`,
      "a timespan is a column of that type, or (T'begin', T'end')",
    )
  }

  #arithmetic(node: Span, operator: ArithmeticOperator, left: Node, right: Node): Part {
    const [a, b] = [this.#number(left, operator), this.#number(right, operator)]
    const types = new Set([a.type, b.type])
    if (types.has('float')) {
      if (types.has('int')) {
        return this.#fail(
          node,
          `${operator} needs two numbers of one type, not ${this.#typed(a)} and ${this.#typed(b)}`,
          'write a float with a point, as in 1.0',
        )
      }
      if (operator === '%') return this.#fail(node, `% takes whole numbers, not ${this.#typed(a)} and ${this.#typed(b)}`)
      return { span: node, type: 'float', build: evaluate.floatArithmetic(operator, a.build, b.build) }
    }
    return { span: node, type: types.has('int') ? 'int' : 'number', build: evaluate.integerArithmetic(operator, a.build, b.build) }
  }

  #sign(node: Span, operator: '+' | '-', operand: Node): Part {
    const part = this.#number(operand, operator)
    if (part.constant !== undefined) {
      const value = part.constant as number | bigint
      return constantPart(node, part.type, operator === '+' || value === 0 ? value : -value)
    }
    return { span: node, type: part.type, build: operator === '+' ? part.build : evaluate.negate(part.build) }
  }

  #number(node: Node, operator: string): Part {
    const part = this.#value(node, operator)
    if (isNumeric(part.type)) return part
    return this.#fail(node, `${operator} takes numbers, and this is ${described(part.type)}`)
  }

  #tuple(node: Span, first: Node, second: Node): Part {
    const [begin, end] = [this.#instant(first), this.#instant(second)]
    return constantPart(node, 'timespan', { begin, end })
  }

  #instant(node: Node): bigint | null {
    const part = this.#value(node, 'a time span')
    if ((part.type === 'time' || part.type === 'null') && part.constant !== undefined) return part.constant as bigint | null
    const advice = part.type === 'string' ? `; write T${this.#source(node)}` : ''
    return this.#fail(
      node,
      `a time span is (begin, end), each a time literal T'…' or NULL for open, and this is ${described(part.type)}${advice}`,
    )
  }

  #glob(node: Span, column: NameNode, pattern: Node): Part {
    const part = this.#name(column)
    if (part.type !== 'string') return this.#fail(column, `GLOB matches a string, and this is ${described(part.type)}`)
    const wanted = this.#part(pattern)
    if (wanted.type !== 'string') return this.#fail(pattern, `the pattern of GLOB is a string, and this is ${described(wanted.type)}`)
    return { span: node, type: 'condition', build: evaluate.glob(part.build, wanted.constant as string) }
  }

  #call(node: CallNode): Part {
    if (KNOWN_ELSEWHERE.has(node.name)) {
      return this.#fail(
        node,
        `${node.name} belongs to LSST's language, and Heddle has no ${node.name === 'UUID' ? 'dataset ids in expressions' : 'sky regions'}; GLOB is the one function here`,
      )
    }
    return this.#fail(node, `there is no function ${node.written}; GLOB is the one function here${didYouMean(node.name, ['GLOB'])}`)
  }

  #in(node: Span, left: Node, items: readonly ItemNode[], negated: boolean): Part {
    const subject = this.#value(left, 'IN')
    if (subject.type === 'null') return this.#fail(left, 'NULL IN (…) asks nothing; write NAME = NULL')
    const found = this.#members(subject, items)
    const test = evaluate.memberOf(subject.build, found)
    const plain = !negated && !found.withNull && found.ranges.length === 0 && found.columns.length === 0
    return {
      span: node,
      type: 'condition',
      build: negated ? evaluate.not(test) : test,
      ...(plain ? pinning(subject, found.constants) : {}),
    }
  }

  #members(subject: Part, items: readonly ItemNode[]): Members {
    const constants: Value[] = []
    const ranges: Members['ranges'][number][] = []
    const columns: Build[] = []
    let withNull = false
    const add = (span: Span, part: Pick<Part, 'type' | 'constant' | 'build'>): void => {
      if (part.type === 'null') withNull = true
      else if (!sameKind(subject.type, part.type)) this.#fail(span, this.#wrongItem(subject, part.type))
      else if (part.constant !== undefined) constants.push(part.constant)
      else columns.push(part.build)
    }
    for (const item of items) {
      if (item.kind === 'range') {
        if (subject.type !== 'int' && subject.type !== 'number')
          this.#fail(item, `a range needs an int on the left of IN, and ${this.#typed(subject)} is not`)
        if (item.first <= item.last) ranges.push(item)
        continue
      }
      const list = this.#listOf(item)
      if (list === undefined) add(item, this.#part(item))
      else for (const bound of list) add(item, constantPart(item, bound.type, bound.value))
    }
    return { kind: COMPARABLE[subject.type as ValueType | 'number'], constants, withNull, ranges, columns }
  }

  #wrongItem(subject: Part, type: PartType): string {
    const advice = subject.type === 'timespan' && type === 'time' ? '; to ask what a time span holds, write OVERLAPS' : ''
    return `this is ${described(type)}, but ${this.#typed(subject)} stands on the left of IN${advice}`
  }

  /** The values of an item that is a list bind. */
  #listOf(item: ItemNode): readonly Bound[] | undefined {
    if (item.kind !== 'bind' && item.kind !== 'name') return undefined
    const json = this.#means(item) ? this.#binds[item.name] : undefined
    if (!Array.isArray(json)) return undefined
    const list = boundList(json)
    return typeof list === 'string' ? this.#fail(item, `${item.name} is bound to what is no list: ${list}`) : list
  }

  /** `visit (int)`, for messages. */
  #typed({ span, type }: Part): string {
    const source = this.#source(span)
    return `${source.length > 60 ? `${source.slice(0, 57)}…` : source} (${type === 'number' ? 'int' : type})`
  }
}
