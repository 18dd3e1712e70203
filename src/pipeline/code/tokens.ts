/** The tokens of a program, from its syntax tree. */
import { type Digest, sha256 } from '../../model/canonical.ts'

/** The part of a lezer tree that is used. */
export interface SyntaxNode {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly firstChild: SyntaxNode | null
  readonly nextSibling: SyntaxNode | null
  readonly parent: SyntaxNode | null
}

/** Where a tree is walked, and what it says there. */
interface Visit {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly node: SyntaxNode
}

/** A tree that can be walked: `enter` answers false to skip what is inside. */
export interface SyntaxTree {
  readonly topNode: SyntaxNode
  iterate(walk: { enter(visit: Visit): boolean | undefined; leave?(visit: Visit): void }): void
}

/** How a language's tree becomes tokens. */
export interface TokenRules {
  /** Left out. */
  readonly comments: ReadonlySet<string>
  /** Taken as they are written, white space and all. */
  readonly atoms: ReadonlySet<string>
  /** Mark where they begin and end. */
  readonly blocks: ReadonlySet<string>
  /** Mark where they end. */
  isStatement(name: string): boolean
  /** A leaf that says no more than the mark of a statement. */
  isRedundant(node: SyntaxNode): boolean
}

/** Digest of a program's tokens. Every character that is not white space or comment counts. */
export function digestTokens(text: string, tree: SyntaxTree, rules: TokenRules): Digest {
  const tokens: string[] = []
  let done = 0
  const gapTo = (place: number): void => {
    const gap = place > done ? text.slice(done, place).replaceAll(/\\?\s+/g, '') : ''
    if (gap !== '') tokens.push(gap)
    done = Math.max(done, place)
  }
  tree.iterate({
    enter({ name, from, to, node }) {
      gapTo(from)
      if (rules.comments.has(name)) done = Math.max(done, to)
      else if (rules.atoms.has(name) || (node.firstChild === null && to > from)) {
        if (!rules.isRedundant(node)) tokens.push(text.slice(from, to))
        done = Math.max(done, to)
      } else {
        if (rules.blocks.has(name)) tokens.push('\u0001')
        return true
      }
      return false
    },
    leave({ name, to }) {
      gapTo(to)
      if (rules.blocks.has(name)) tokens.push('\u0002')
      else if (rules.isStatement(name)) tokens.push('\u0003')
    },
  })
  gapTo(text.length)
  return sha256(tokens.join('\0'))
}

/** Children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}

/** Whether the parser met something that it does not know. */
export function hasErrors(tree: SyntaxTree): boolean {
  let found = false
  tree.iterate({
    enter({ name }) {
      found ||= name === '⚠'
      return !found
    },
  })
  return found
}
