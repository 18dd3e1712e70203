/** A drawing in Mermaid's language. */
import type { Drawing, NodeKind } from './drawing.ts'

const BRACKETS: Readonly<Record<NodeKind, readonly [string, string]>> = {
  task: ['(', ')'],
  dataset: ['[/', '/]'],
  input: ['[/', '/]'],
  run: ['(', ')'],
  reuse: ['(', ')'],
  blocked: ['(', ')'],
}

/** Lines of a Mermaid flowchart. */
export function* mermaidLines(drawing: Drawing): Iterable<string> {
  yield 'flowchart LR'
  for (const [n, { label, detail, kind }] of drawing.nodes.entries()) {
    const [open, close] = BRACKETS[kind]
    yield `  n${n}${open}"${escaped(label)}${detail === undefined ? '' : `<br/>${escaped(detail)}`}"${close}:::${kind}`
  }
  for (const { from, to, label } of drawing.edges) yield `  n${from} -->${label === undefined ? '' : `|"${escaped(label)}"|`} n${to}`
  yield '  classDef reuse fill:#dcfce7'
  yield '  classDef blocked fill:#fee2e2'
  yield '  classDef input fill:#fef9c3'
}

function escaped(text: string): string {
  return text.replaceAll('&', '#amp;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;').replaceAll('\n', ' ')
}
