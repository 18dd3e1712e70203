/** Python modules, read without running them. */
import { parser } from '@lezer/python'
import { type Digest, sha256 } from '../../model/canonical.ts'
import type { Module } from './language.ts'
import { childrenOf, digestTokens, hasErrors, type SyntaxNode, type SyntaxTree, type TokenRules } from './tokens.ts'

const RULES: TokenRules = {
  comments: new Set(['Comment']),
  atoms: new Set(['FormatString']),
  blocks: new Set(['Body']),
  isStatement: (name) => name.endsWith('Statement') || name.endsWith('Definition'),
  isRedundant: () => false,
}

/** Reads a Python module. An import reads `a.b`, or `..a.b` with a dot a level. */
export function parsePython(written: string): Module {
  const text = written.replaceAll('\r\n', '\n')
  const tree = parser.parse(text) as SyntaxTree
  const broken = hasErrors(tree)
  const names = new Set<string>()
  const imports = new Set<string>()
  const passesOn = new Set<string>()
  const word = (node: SyntaxNode): string => text.slice(node.from, node.to)
  tree.iterate({
    enter({ name, node }) {
      if (name !== 'ImportStatement') return true
      const found = readImport(
        childrenOf(node)
          .filter((child) => !['(', ')', 'Comment'].includes(child.name))
          .map(word),
      )
      for (const request of found.requests) imports.add(request)
      if (isNested(node)) return false
      for (const bound of found.names) names.add(bound)
      if (names.delete('*')) passesOn.add(found.module)
      return false
    },
  })
  collectNames(tree.topNode, word, names)
  return {
    digest: broken ? digestLines(text, tree) : digestTokens(text, tree, RULES),
    imports: [...imports],
    names: [...names],
    wantContext: functionsWanting('context', tree.topNode, word),
    passesOn: [...passesOn],
    complete: !broken && !names.has('__getattr__') && !/\bglobals\s*\(/.test(text),
  }
}

/** Where the parser loses its way, indentation is not told from layout: lines count as they are, without comments. */
function digestLines(text: string, tree: SyntaxTree): Digest {
  let kept = ''
  let done = 0
  tree.iterate({
    enter({ name, from, to }) {
      if (name !== 'Comment') return true
      kept += text.slice(done, from)
      done = to
      return false
    },
  })
  const lines = (kept + text.slice(done)).split('\n').map((line) => line.trimEnd())
  return sha256(lines.filter((line) => line !== '').join('\n'))
}

interface Import {
  readonly requests: readonly string[]
  readonly names: readonly string[]
  readonly module: string
}

/** Takes apart the words of `import a.b as c, d` or `from ..a import b as c, d`. */
function readImport(words: readonly string[]): Import {
  const from = words[0] === 'from'
  const split = from ? words.indexOf('import') : 0
  const module = from ? words.slice(1, split).join('') : ''
  const requests: string[] = from ? [module] : []
  const names: string[] = []
  for (const item of splitAtCommas(words.slice(split + 1))) {
    const as = item.indexOf('as')
    const path = (as < 0 ? item : item.slice(0, as)).join('')
    const bound = as < 0 ? (from ? path : path.split('.')[0]) : item[as + 1]
    if (path === '' || bound === undefined) continue
    names.push(bound)
    if (!from) requests.push(path)
    // A name that is imported may be a module of its own.
    else if (path !== '*') requests.push(module.endsWith('.') ? module + path : `${module}.${path}`)
  }
  return { requests, names, module }
}

function splitAtCommas(words: readonly string[]): string[][] {
  const items: string[][] = [[]]
  for (const word of words) {
    if (word === ',') items.push([])
    else items.at(-1)?.push(word)
  }
  return items
}

const SCOPES = new Set(['FunctionDefinition', 'ClassDefinition', 'LambdaExpression'])

function isNested(node: SyntaxNode): boolean {
  for (let around = node.parent; around !== null; around = around.parent) if (SCOPES.has(around.name)) return true
  return false
}

/** Names that a module binds at its top level, also below `if` and `try`. */
function collectNames(node: SyntaxNode, word: (node: SyntaxNode) => string, names: Set<string>): void {
  for (const child of childrenOf(node)) {
    if (SCOPES.has(child.name)) {
      const name = childrenOf(child).find((part) => part.name === 'VariableName')
      if (name !== undefined) names.add(word(name))
    } else if (child.name === 'AssignStatement') collectTargets(child, word, names)
    else if (child.name !== 'ImportStatement') collectNames(child, word, names)
  }
}

/** Functions at the top level, decorated or not, with a parameter of this name that has no default. */
function functionsWanting(parameter: string, top: SyntaxNode, word: (node: SyntaxNode) => string): string[] {
  const functions = childrenOf(top).flatMap((node) => (node.name === 'DecoratedStatement' ? childrenOf(node) : node))
  return functions.flatMap((node) => {
    const parts = childrenOf(node)
    const name = parts.find((part) => part.name === 'VariableName')
    const list = parts.find((part) => part.name === 'ParamList')
    if (node.name !== 'FunctionDefinition' || name === undefined || list === undefined) return []
    const words = childrenOf(list)
      .filter((part) => part.name !== 'TypeDef')
      .map(word)
    const at = words.indexOf(parameter)
    return at < 0 || words[at + 1] === '=' || words[at - 1]?.startsWith('*') ? [] : [word(name)]
  })
}

function collectTargets(node: SyntaxNode, word: (node: SyntaxNode) => string, names: Set<string>): void {
  const parts = childrenOf(node)
  const last = parts.findLastIndex((part) => part.name === 'AssignOp')
  for (const part of parts.slice(0, Math.max(0, last))) {
    if (part.name === 'VariableName') names.add(word(part))
    else if (part.name === 'TupleExpression' || part.name === 'ArrayExpression') {
      for (const inner of childrenOf(part)) if (inner.name === 'VariableName') names.add(word(inner))
    }
  }
}
