/**
 * From text to syntax tree. From loosest to tightest: OR; AND; NOT; `= != < <= > >= OVERLAPS` (one level, left to
 * right); [NOT] IN; `+ -`; `* / %`; unary `+ -`.
 */
import { HeddleError } from '../../model/errors.ts'
import { parseTimeLiteral } from '../../model/time.ts'
import { normalInteger } from '../../model/value.ts'
import { AFTER_OPERAND, advice, ITEM, OPERAND } from './expected.ts'
import { expressionError } from './failure.ts'
import type {
  ArithmeticOperator,
  BindNode,
  ComparisonOperator,
  Expression,
  ItemNode,
  NameNode,
  Node,
  NumberNode,
  RangeNode,
} from './syntax.ts'
import type { Token, TokenKind } from './tokens.ts'
import { tokenize } from './tokens.ts'

/** Deepest nesting, in steps of a chain such as `a + b + c`; long AND, OR and IN lists are not nested. */
const DEEPEST = 1000
/** Steps that a parenthesis, a sign, a NOT or an argument counts for: each takes that much more of the stack. */
const NESTED = 10

const COMPARISONS: ReadonlySet<TokenKind> = new Set<ComparisonOperator>(['=', '!=', '<', '<=', '>', '>=', 'OVERLAPS'])
const SUMS: ReadonlySet<TokenKind> = new Set<TokenKind>(['+', '-'])
const PRODUCTS: ReadonlySet<TokenKind> = new Set<TokenKind>(['*', '/', '%'])

/** The tree of an expression. Throws `expression-syntax` with the place and what would fit there. */
export function parseExpression(text: string): Expression {
  return new Parser(text).expression()
}

class Parser {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokenize(text)
  }

  expression(): Expression {
    if (this.#next.kind === 'end') return { text: this.#text, root: undefined }
    const root = this.#chain('or')
    if (this.#at < this.#tokens.length - 1) throw this.#unexpected(`${AFTER_OPERAND} or the end`)
    return { text: this.#text, root }
  }

  get #next(): Token {
    return this.#tokens[this.#at] as Token
  }

  #take(): Token {
    const token = this.#next
    if (token.kind !== 'end') this.#at++
    return token
  }

  #accept(kind: TokenKind): boolean {
    if (this.#next.kind !== kind) return false
    this.#at++
    return true
  }

  #close(start: Token, expected: string): number {
    if (!this.#accept(')')) {
      const shown = this.#next.kind === 'end' ? start : this.#next
      throw this.#unexpected(expected, this.#next.kind === 'end' ? 'this parenthesis is never closed' : undefined, shown)
    }
    return (this.#tokens[this.#at - 1] as Token).end
  }

  #nested<T>(parse: () => T): T {
    this.#deepen(NESTED)
    const node = parse()
    this.#depth -= NESTED
    return node
  }

  #deepen(steps: number): void {
    this.#depth += steps
    if (this.#depth > DEEPEST) throw this.#failure(this.#next, 'this is nested too deeply')
  }

  #chain(kind: 'and' | 'or'): Node {
    const operand = (): Node => (kind === 'or' ? this.#chain('and') : this.#not())
    const operands = [operand()]
    while (this.#accept(kind === 'or' ? 'OR' : 'AND')) operands.push(operand())
    const [first, last] = [operands[0] as Node, operands.at(-1) as Node]
    return operands.length === 1 ? first : { kind, operands, start: first.start, end: last.end }
  }

  #not(): Node {
    const { kind, start } = this.#next
    if (kind !== 'NOT') return this.#comparison()
    this.#take()
    const operand = this.#nested(() => this.#not())
    return { kind: 'not', operand, start, end: operand.end }
  }

  #comparison(): Node {
    return this.#leftToRight(
      COMPARISONS,
      () => this.#predicate(),
      (operator, left, right) => {
        return { kind: 'compare', operator: operator as ComparisonOperator, left, right, start: left.start, end: right.end }
      },
    )
  }

  #leftToRight(operators: ReadonlySet<TokenKind>, operand: () => Node, join: (operator: TokenKind, left: Node, right: Node) => Node): Node {
    let left = operand()
    const depth = this.#depth
    while (operators.has(this.#next.kind)) {
      const operator = this.#take().kind
      left = join(operator, left, operand())
      this.#deepen(1)
    }
    this.#depth = depth
    return left
  }

  #predicate(): Node {
    const left = this.#sum()
    const negated = this.#next.kind === 'NOT' && this.#tokens[this.#at + 1]?.kind === 'IN'
    if (negated) this.#take()
    if (!this.#accept('IN')) return left
    const open = this.#next
    if (!this.#accept('(')) throw this.#unexpected('( and a list of values', undefined)
    const items = [this.#item()]
    while (this.#accept(',')) items.push(this.#item())
    return { kind: 'in', negated, left, items, start: left.start, end: this.#close(open, ', or )') }
  }

  #item(): ItemNode {
    const token = this.#take()
    switch (token.kind) {
      case '+':
      case '-': {
        const number = this.#next
        if (number.kind !== 'number') throw this.#unexpected('a number')
        this.#take()
        const node = this.#number(number)
        return { ...node, value: token.kind === '-' ? negative(node.value) : node.value, start: token.start }
      }
      case 'number':
        return this.#number(token)
      case 'string':
        return { kind: 'string', value: token.text.slice(1, -1), start: token.start, end: token.end }
      case 'time':
        return this.#time(token)
      case 'range':
        return rangeNode(token)
      case 'bind':
        return bindNode(token)
      case 'name':
        if (this.#next.kind === '(' && token.text.toUpperCase() === 'UUID') return this.#call(token) as ItemNode
        if (!token.text.includes('.')) return nameNode(token)
        break
      default:
        break
    }
    if (token.kind !== 'end') this.#at--
    throw this.#unexpected(ITEM)
  }

  #sum(): Node {
    return this.#arithmetic(SUMS, () => this.#arithmetic(PRODUCTS, () => this.#unary()))
  }

  #arithmetic(operators: ReadonlySet<TokenKind>, operand: () => Node): Node {
    return this.#leftToRight(operators, operand, (operator, left, right) => {
      return { kind: 'arithmetic', operator: operator as ArithmeticOperator, left, right, start: left.start, end: right.end }
    })
  }

  #unary(): Node {
    const { kind, start } = this.#next
    if (kind !== '+' && kind !== '-') return this.#primary()
    this.#take()
    const operand = this.#nested(() => this.#unary())
    return { kind: 'sign', operator: kind, operand, start, end: operand.end }
  }

  #primary(): Node {
    const token = this.#take()
    switch (token.kind) {
      case 'number':
        return this.#number(token)
      case 'string':
        return { kind: 'string', value: token.text.slice(1, -1), start: token.start, end: token.end }
      case 'time':
        return this.#time(token)
      case 'range':
        return rangeNode(token)
      case 'bind':
        return bindNode(token)
      case 'name':
        return this.#next.kind === '(' && !token.text.includes('.') ? this.#call(token) : nameNode(token)
      case '(':
        return this.#nested(() => this.#parenthesis(token))
      default:
        if (token.kind !== 'end') this.#at--
        throw this.#unexpected(OPERAND)
    }
  }

  #parenthesis(open: Token): Node {
    const first = this.#chain('or')
    if (!this.#accept(',')) {
      this.#close(open, `${AFTER_OPERAND}, a comma or )`)
      return first
    }
    const second = this.#chain('or')
    if (this.#next.kind === ',') throw this.#unexpected(')', 'a tuple is a time span and has two parts')
    return { kind: 'tuple', first, second, start: open.start, end: this.#close(open, ')') }
  }

  #call(name: Token): Node {
    const open = this.#take()
    const values: Node[] = []
    if (this.#next.kind !== ')') {
      do values.push(this.#nested(() => this.#chain('or')))
      while (this.#accept(','))
    }
    const span = { start: name.start, end: this.#close(open, ', or )') }
    const upper = name.text.toUpperCase()
    if (upper !== 'GLOB') return { kind: 'call', name: upper, written: name.text, arguments: values, ...span }
    const [column, pattern] = values
    if (column === undefined || pattern === undefined || values.length > 2) {
      throw this.#failure(span, "GLOB takes two arguments, as in GLOB(name, 'pattern*')")
    }
    if (column.kind !== 'name') throw this.#failure(column, 'the first argument of GLOB is a name')
    if (pattern.kind !== 'string' && pattern.kind !== 'bind') {
      throw this.#failure(pattern, "the second argument of GLOB is a string such as 'pattern*', or a bind :name")
    }
    return { kind: 'glob', column, pattern, ...span }
  }

  #number(token: Token): NumberNode {
    const { text, start, end } = token
    const span = { start, end }
    if (/^\d+$/.test(text)) return { kind: 'number', type: 'int', value: normalInteger(BigInt(text)), ...span }
    const value = Number(text)
    if (!Number.isFinite(value)) throw this.#failure(token, 'this number is too large')
    return { kind: 'number', type: 'float', value, ...span }
  }

  #time(token: Token): Node & { kind: 'time' } {
    const text = token.text.slice(2, -1)
    try {
      return { kind: 'time', text, value: parseTimeLiteral(text), start: token.start, end: token.end }
    } catch (error) {
      if (!(error instanceof HeddleError)) throw error
      throw this.#failure(token, error.message)
    }
  }

  #failure(span: { start: number; end: number }, message: string): HeddleError {
    return expressionError('expression-syntax', this.#text, span, message)
  }

  #unexpected(expected: string, why?: string, at: Token = this.#next): HeddleError {
    const before = this.#tokens[this.#at - 1]
    const what = this.#next.kind === 'end' ? 'the expression ends too early' : `${JSON.stringify(this.#next.text)} does not fit here`
    return this.#failure(at, `${why ?? what}; expected ${expected}${advice(before, this.#next)}`)
  }
}

function negative(value: number | bigint): number | bigint {
  return value === 0 ? 0 : -value
}

function rangeNode({ text, start, end }: Token): RangeNode {
  const [first, last, stride] = text.split(/\.\.|:/).map((part) => BigInt(part.trim()))
  return { kind: 'range', first: first as bigint, last: last as bigint, stride: stride ?? 1n, start, end }
}

function nameNode({ text, start, end }: Token): NameNode {
  return { kind: 'name', name: text, start, end }
}

function bindNode({ text, start, end }: Token): BindNode {
  return { kind: 'bind', name: text.slice(1), start, end }
}
