/** A drawing as an SVG picture, readable on light and dark. */
import { displayWidth } from '../table.ts'
import type { Drawing, DrawnNode, NodeKind } from './drawing.ts'
import { type Layers, layersOf } from './layers.ts'

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
const BEND_HEIGHT = 6
const GAP_X = 90
const GAP_Y = 16
const MARGIN = 16

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The text of the SVG file. */
export function svgText(drawing: Drawing): string {
  const { boxes, bends, width, height } = placeBoxes(drawing)
  const edges = drawing.edges.map(({ from, to, label }, e) =>
    edgeText(
      [from, ...(bends[e] ?? []), to].map((n) => boxes[n] as Box),
      label,
    ),
  )
  const nodes = drawing.nodes.map((node, n) => nodeText(node, boxes[n] as Box))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="${escaped(drawing.title)}">
<rect width="100%" height="100%" fill="#ffffff"/>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#64748b"/></marker></defs>
${edges.join('\n')}
${nodes.join('\n')}
</svg>
`
}

function placeBoxes(drawing: Drawing): Pick<Layers, 'bends'> & { boxes: Box[]; width: number; height: number } {
  const { layers, bends } = layersOf(drawing)
  const boxes: Box[] = []
  const heightOf = (n: number): number => (drawing.nodes[n] === undefined ? BEND_HEIGHT : NODE_HEIGHT) + GAP_Y
  const heights = layers.map((layer) => layer.reduce((sum, n) => sum + heightOf(n), 0))
  const height = MARGIN * 2 + Math.max(0, ...heights) - GAP_Y
  let x = MARGIN
  layers.forEach((layer, l) => {
    const width = Math.max(0, ...layer.map((n) => (drawing.nodes[n] === undefined ? 0 : nodeWidth(drawing.nodes[n]))))
    let y = (height - (heights[l] as number) + GAP_Y) / 2
    for (const n of layer) {
      boxes[n] = { x, y, width, height: heightOf(n) - GAP_Y }
      y += heightOf(n)
    }
    x += width + GAP_X
  })
  return { boxes, bends, width: Math.max(2 * MARGIN, x - GAP_X + MARGIN), height: Math.max(2 * MARGIN, height) }
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

/** A curve from the first box to the last, straight past the bends between them. */
function edgeText(boxes: readonly Box[], label: string | undefined): string {
  const [first, ...rest] = boxes as [Box, ...Box[]]
  let [x, y] = [first.x + first.width, middleOf(first)]
  let path = `M${x} ${y}`
  for (const box of rest) {
    const [toX, toY] = [box.x, middleOf(box)]
    const bend = Math.max(30, (toX - x) / 2)
    path += `C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`
    if (box !== rest.at(-1)) path += `H${box.x + box.width}`
    ;[x, y] = [box.x + box.width, toY]
  }
  const line = `<path d="${path}" fill="none" stroke="#64748b" marker-end="url(#arrow)"/>`
  if (label === undefined) return line
  const second = rest[0] as Box
  const [labelX, labelY] = [(first.x + first.width + second.x) / 2, (middleOf(first) + middleOf(second)) / 2 - 5]
  return `${line}<text x="${labelX}" y="${labelY}" text-anchor="middle" font-size="11" fill="#475569">${escaped(label)}</text>`
}

function middleOf({ y, height }: Box): number {
  return y + height / 2
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
