/** The syntax tree of data-ID expressions; every node knows its place in the text. */
import type { Span } from './failure.ts'

/** Operators between two operands that give a condition. */
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'OVERLAPS'
/** Operators between two numbers. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'

/** `visit`, `visit.exposure_time`, `visit.timespan.begin`. */
export interface NameNode extends Span {
  readonly kind: 'name'
  readonly name: string
}
/** `:name`. */
export interface BindNode extends Span {
  readonly kind: 'bind'
  readonly name: string
}
/** `100`, `1.5e3`; an integer beyond 2^53 is a bigint. */
export interface NumberNode extends Span {
  readonly kind: 'number'
  readonly type: 'int' | 'float'
  readonly value: number | bigint
}
/** `'text'`. */
export interface StringNode extends Span {
  readonly kind: 'string'
  readonly value: string
}
/** `T'…'`: its text, and the TAI nanoseconds that it means. */
export interface TimeNode extends Span {
  readonly kind: 'time'
  readonly text: string
  readonly value: bigint
}
/** `first..last:stride`, both ends included. */
export interface RangeNode extends Span {
  readonly kind: 'range'
  readonly first: bigint
  readonly last: bigint
  readonly stride: bigint
}
/** `NAME(argument, …)`; `name` in upper case. */
export interface CallNode extends Span {
  readonly kind: 'call'
  readonly name: string
  readonly written: string
  readonly arguments: readonly Node[]
}
/** `GLOB(column, 'pattern')`. */
export interface GlobNode extends Span {
  readonly kind: 'glob'
  readonly column: NameNode
  readonly pattern: StringNode | BindNode
}
/** What may stand in an `IN` list. */
export type ItemNode = NumberNode | StringNode | TimeNode | RangeNode | NameNode | BindNode | CallNode

/** A node of the tree. `and` and `or` take any number of operands, so that long chains stay flat. */
export type Node =
  | ItemNode
  | GlobNode
  | (Span & { readonly kind: 'and' | 'or'; readonly operands: readonly Node[] })
  | (Span & { readonly kind: 'not'; readonly operand: Node })
  | (Span & { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'in'; readonly negated: boolean; readonly left: Node; readonly items: readonly ItemNode[] })
  | (Span & { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'sign'; readonly operator: '+' | '-'; readonly operand: Node })
  | (Span & { readonly kind: 'tuple'; readonly first: Node; readonly second: Node })

/** A parsed expression; `root` is undefined when the text is empty, which constrains nothing. */
export interface Expression {
  readonly text: string
  readonly root: Node | undefined
}
