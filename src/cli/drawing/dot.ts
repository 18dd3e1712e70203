/** A drawing in Graphviz's language. */
import type { Drawing, NodeKind } from './drawing.ts'

const SHAPES: Readonly<Record<NodeKind, string>> = {
  task: 'shape=box, style="rounded,filled", fillcolor="#dbeafe"',
  dataset: 'shape=note, style=filled, fillcolor="#f1f5f9"',
  input: 'shape=note, style=filled, fillcolor="#fef9c3"',
  run: 'shape=box, style="rounded,filled", fillcolor="#dbeafe"',
  reuse: 'shape=box, style="rounded,filled", fillcolor="#dcfce7"',
  blocked: 'shape=box, style="rounded,filled", fillcolor="#fee2e2"',
}

/** Lines of a `.dot` file. */
export function* dotLines(drawing: Drawing): Iterable<string> {
  yield `digraph ${word(drawing.title)} {`
  yield '  rankdir=LR; node [fontname="sans-serif", fontsize=11]; edge [fontname="sans-serif", fontsize=9, color="#64748b"]'
  for (const [n, { label, detail, kind }] of drawing.nodes.entries()) {
    yield `  n${n} [label=${word(detail === undefined ? label : `${label}\n${detail}`)}, ${SHAPES[kind]}]`
  }
  for (const { from, to, label } of drawing.edges) yield `  n${from} -> n${to}${label === undefined ? '' : ` [label=${word(label)}]`}`
  yield '}'
}

function word(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
