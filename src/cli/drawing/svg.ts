/** A drawing as an SVG picture, readable on light and dark. */
import { displayWidth } from '../table.ts'
import type { Drawing, DrawnNode, NodeKind } from './drawing.ts'
import { layersOf } from './layers.ts'

const FILLS: Readonly<Record<NodeKind, string>> = {
  task: '#dbeafe',
  dataset: '#f1f5f9',
  input: '#fef9c3',
  run: '#dbeafe',
  reuse: '#dcfce7',
  blocked: '#fee2e2',
}

const CHARACTER = 7.2
const NODE_HEIGHT = 40
const GAP_X = 90
const GAP_Y = 16
const MARGIN = 16

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** The text of the SVG file. */
export function svgText(drawing: Drawing): string {
  const { boxes, width, height } = placeBoxes(drawing)
  const edges = drawing.edges.map(({ from, to, label }) => edgeText(boxes[from] as Box, boxes[to] as Box, label))
  const nodes = drawing.nodes.map((node, n) => nodeText(node, boxes[n] as Box))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="${escaped(drawing.title)}">
<rect width="100%" height="100%" fill="#ffffff"/>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#64748b"/></marker></defs>
${edges.join('\n')}
${nodes.join('\n')}
</svg>
`
}

function placeBoxes(drawing: Drawing): { boxes: Box[]; width: number; height: number } {
  const { layers } = layersOf(drawing)
  const boxes: Box[] = []
  const tallest = Math.max(0, ...layers.map((layer) => layer.length))
  const height = MARGIN * 2 + tallest * (NODE_HEIGHT + GAP_Y) - GAP_Y
  let x = MARGIN
  for (const layer of layers) {
    const width = Math.max(...layer.map((n) => nodeWidth(drawing.nodes[n] as DrawnNode)))
    let y = (height - layer.length * (NODE_HEIGHT + GAP_Y) + GAP_Y) / 2
    for (const n of layer) {
      boxes[n] = { x, y, width }
      y += NODE_HEIGHT + GAP_Y
    }
    x += width + GAP_X
  }
  return { boxes, width: Math.max(2 * MARGIN, x - GAP_X + MARGIN), height: Math.max(2 * MARGIN, height) }
}

function nodeWidth({ label, detail }: DrawnNode): number {
  return Math.ceil(Math.max(displayWidth(label), displayWidth(detail ?? '')) * CHARACTER) + 24
}

function nodeText({ label, detail, kind }: DrawnNode, { x, y, width }: Box): string {
  const radius = kind === 'dataset' || kind === 'input' ? 2 : 8
  const middle = x + width / 2
  const texts =
    detail === undefined
      ? `<text x="${middle}" y="${y + 25}" text-anchor="middle">${escaped(label)}</text>`
      : `<text x="${middle}" y="${y + 18}" text-anchor="middle">${escaped(label)}</text><text x="${middle}" y="${y + 33}" text-anchor="middle" font-size="11" fill="#475569">${escaped(detail)}</text>`
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${NODE_HEIGHT}" rx="${radius}" fill="${FILLS[kind]}" stroke="#64748b"/>${texts}</g>`
}

function edgeText(from: Box, to: Box, label: string | undefined): string {
  const [x1, y1] = [from.x + from.width, from.y + NODE_HEIGHT / 2]
  const [x2, y2] = [to.x, to.y + NODE_HEIGHT / 2]
  const bend = Math.max(30, (x2 - x1) / 2)
  const path = `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="#64748b" marker-end="url(#arrow)"/>`
  if (label === undefined) return path
  return `${path}<text x="${(x1 + x2) / 2}" y="${(y1 + y2) / 2 - 5}" text-anchor="middle" font-size="11" fill="#475569">${escaped(label)}</text>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
