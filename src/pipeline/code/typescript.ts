/** TypeScript and JavaScript modules, read without running them. */
import { parser } from '@lezer/javascript'
import { canonicalJson, type Digest, sha256 } from '../../model/canonical.ts'
import type { Module } from './language.ts'
import { childrenOf, digestTokens, hasErrors, type SyntaxNode, type SyntaxTree, type TokenRules } from './tokens.ts'

const RULES: TokenRules = {
  comments: new Set(['LineComment', 'BlockComment', 'Hashbang']),
  atoms: new Set(['TemplateString', 'JSXElement']),
  blocks: new Set(),
  isStatement: (name) => name.endsWith('Statement') || name.endsWith('Declaration'),
  isRedundant: (node) => node.name === ';' && node.parent?.name !== 'ForSpec',
}

/** Reads a TypeScript, JavaScript or JSON module. An import reads as it is written: `./rain.ts`. */
export function parseTypescript(written: string, path: string): Module {
  if (path.endsWith('.json')) return { digest: digestJson(written), imports: [], names: [], wantContext: [], passesOn: [], complete: true }
  // The parser does not know import attributes, which say nothing that counts.
  const text = written.replaceAll('\r\n', '\n').replaceAll(/(\bfrom\s*(['"])[^'"\n]*\2)\s*(?:with|assert)\s*\{[^{}]*\}/g, '$1')
  const dialect = /\.[cm]?ts$/.test(path) ? 'ts' : path.endsWith('.tsx') ? 'ts jsx' : 'jsx'
  const tree = parser.configure({ dialect }).parse(text) as SyntaxTree
  const word = (node: SyntaxNode): string => text.slice(node.from, node.to)
  const imports = new Set<string>()
  const names = new Set<string>()
  const passesOn = new Set<string>()
  tree.iterate({
    enter({ name, node }) {
      if (name === 'ImportDeclaration' || name === 'ExportDeclaration' || name === 'DynamicImport') {
        const parts = childrenOf(node)
        const from = parts.find((part) => part.name === 'String')
        const isType = parts[1]?.name === 'type'
        if (from !== undefined && !isType) imports.add(unquote(word(from)))
        if (name === 'ExportDeclaration' && !isType) collectExports(parts, word, names)
        if (
          name === 'ExportDeclaration' &&
          from !== undefined &&
          parts.some((part) => part.name === 'Star') &&
          !parts.some((part) => part.name === 'as')
        ) {
          passesOn.add(unquote(word(from)))
        }
      } else if (name === 'CallExpression') collectRequire(childrenOf(node), word, imports)
      return true
    },
  })
  return {
    digest: digestTokens(text, tree, RULES),
    imports: [...imports],
    names: [...names],
    wantContext: functionsWanting('context', tree.topNode, word),
    passesOn: [...passesOn],
    complete: !hasErrors(tree),
  }
}

/** Functions at the top level that take `context` out of the object they are given, without a default. */
function functionsWanting(property: string, top: SyntaxNode, word: (node: SyntaxNode) => string): string[] {
  const declarations = childrenOf(top).flatMap((node) => (node.name === 'ExportDeclaration' ? childrenOf(node) : node))
  return declarations.flatMap((node) => {
    const parts = childrenOf(node)
    const name = parts.find((part) => part.name === 'VariableDefinition')
    const inner = parts.find((part) => part.name === 'ArrowFunction' || part.name === 'FunctionExpression')
    const list = (inner === undefined ? parts : childrenOf(inner)).find((part) => part.name === 'ParamList')
    const pattern = list === undefined ? undefined : childrenOf(list).find((part) => part.name === 'ObjectPattern')
    if (name === undefined || pattern === undefined) return []
    const wants = childrenOf(pattern).some((one) => {
      const [first, ...rest] = childrenOf(one)
      return (
        one.name === 'PatternProperty' && first !== undefined && word(first) === property && !rest.some((part) => part.name === 'Equals')
      )
    })
    return wants ? [word(name)] : []
  })
}

function collectExports(parts: readonly SyntaxNode[], word: (node: SyntaxNode) => string, names: Set<string>): void {
  if (parts.some((part) => part.name === 'default')) {
    names.add('default')
    return
  }
  for (const part of parts) {
    if (part.name === 'ExportGroup') collectGroup(childrenOf(part).map(word), names)
    if (part.name === 'VariableName') names.add(word(part))
    if (part.name.endsWith('Declaration')) for (const name of declared(part, word)) names.add(name)
  }
}

/** `{ a, b as c }`: what stands right before a comma or the end is the exported name. */
function collectGroup(words: readonly string[], names: Set<string>): void {
  words.forEach((text, index) => {
    const next = words[index + 1]
    if (/^[A-Za-z_$]/.test(text) && (next === ',' || next === '}')) names.add(text)
  })
}

/** Names that a declaration binds itself, not those within its body. */
function declared(node: SyntaxNode, word: (node: SyntaxNode) => string): string[] {
  return childrenOf(node).flatMap((part) => {
    if (part.name === 'VariableDefinition') return [word(part)]
    return /Pattern|PatternProperty/.test(part.name) ? declared(part, word) : []
  })
}

function collectRequire(parts: readonly SyntaxNode[], word: (node: SyntaxNode) => string, imports: Set<string>): void {
  const [callee, list] = parts
  const argument = list === undefined ? undefined : childrenOf(list).find((part) => part.name === 'String')
  if (callee !== undefined && word(callee) === 'require' && argument !== undefined) imports.add(unquote(word(argument)))
}

function unquote(text: string): string {
  return text.slice(1, -1)
}

/** The layout of a JSON file means nothing. */
function digestJson(text: string): Digest {
  try {
    return sha256(canonicalJson(JSON.parse(text)))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return sha256(text)
  }
}
