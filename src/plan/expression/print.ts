/** From syntax tree back to text, with only the parentheses that the tree needs. */
import type { Node } from './syntax.ts'

/** How tightly each kind binds; a part that binds less tightly than its place asks for stands in parentheses. */
const TIGHTNESS = { or: 0, and: 1, not: 2, compare: 3, in: 4, sum: 5, product: 6, sign: 7, primary: 8 } as const

/** The text of a tree; parsing it gives the tree again. */
export function printExpression(root: Node | undefined): string {
  return root === undefined ? '' : print(root)
}

function tightnessOf(node: Node): number {
  switch (node.kind) {
    case 'or':
    case 'and':
    case 'not':
    case 'compare':
    case 'in':
    case 'sign':
      return TIGHTNESS[node.kind]
    case 'arithmetic':
      return node.operator === '+' || node.operator === '-' ? TIGHTNESS.sum : TIGHTNESS.product
    default:
      return TIGHTNESS.primary
  }
}

function within(node: Node, least: number): string {
  return tightnessOf(node) < least ? `(${print(node)})` : print(node)
}

function print(node: Node): string {
  const own = tightnessOf(node)
  switch (node.kind) {
    case 'or':
    case 'and':
      return node.operands.map((operand) => within(operand, own + 1)).join(` ${node.kind.toUpperCase()} `)
    case 'not':
      return `NOT ${within(node.operand, own)}`
    case 'compare':
    case 'arithmetic':
      return `${within(node.left, own)} ${node.operator} ${within(node.right, own + 1)}`
    case 'in':
      return `${within(node.left, own + 1)} ${node.negated ? 'NOT ' : ''}IN (${node.items.map(print).join(', ')})`
    case 'sign':
      return `${node.operator}${within(node.operand, own)}`
    case 'tuple':
      return `(${print(node.first)}, ${print(node.second)})`
    case 'glob':
      return `GLOB(${print(node.column)}, ${print(node.pattern)})`
    case 'call':
      return `${node.written}(${node.arguments.map(print).join(', ')})`
    case 'name':
      return node.name
    case 'bind':
      return `:${node.name}`
    case 'number':
      return node.type === 'int' || /[.e]/.test(String(node.value)) ? String(node.value) : `${node.value}.0`
    case 'string':
      return `'${node.value}'`
    case 'time':
      return `T'${node.text}'`
    default:
      return `${node.first}..${node.last}${node.stride === 1n ? '' : `:${node.stride}`}`
  }
}
