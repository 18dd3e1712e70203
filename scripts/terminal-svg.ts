/** Screens of a terminal, with their escape sequences for colour, as one SVG. */

/** What a screen showed, and for how long. */
export interface Frame {
  readonly lines: readonly string[]
  readonly forMs: number
}

/** Width and name of the picture; it is as high as its highest frame. */
export interface Film {
  readonly columns: number
  readonly title: string
}

/** How a piece of text looks. */
interface Look {
  readonly colour: string | undefined
  readonly background: string | undefined
  readonly bold: boolean
  readonly dim: boolean
  readonly inverse: boolean
  readonly underlined: boolean
}

const PLAIN: Look = { colour: undefined, background: undefined, bold: false, dim: false, inverse: false, underlined: false }
const CELL = { width: 8.4, height: 18 }
const EDGE = { x: 18, top: 44, bottom: 16 }
/** The sixteen colours, readable on the dark ground. */
const COLOURS =
  '#5c6370 #f0717a #7fc98b #e5c07b #6aaef5 #c792ea #56c8d8 #d7dae0 #7d8590 #ff8b92 #9ce0a6 #f5d78e #8cc2ff #dbb0f5 #7fe0ec #ffffff'.split(
    ' ',
  )
/** Blocks that bars are made of, by how much of a cell they fill; drawn as shapes, since fonts leave seams between them. */
const BLOCKS: Readonly<Record<string, number>> = { '█': 1, '▓': 0.75, '▒': 0.5, '░': 0.2 }
const GROUND = '#16181d'
const INK = '#dfe3ea'

/** The frames as one SVG that plays them in a loop. Frames that look alike are shown as one. */
export function film(frames: readonly Frame[], { columns, title }: Film): string {
  const shown = merge(frames)
  const total = shown.reduce((sum, frame) => sum + frame.forMs, 0)
  const width = Math.round(EDGE.x * 2 + columns * CELL.width)
  const rows = Math.max(...shown.map((frame) => frame.lines.length))
  const height = EDGE.top + rows * CELL.height + EDGE.bottom
  const lines = new Map<string, string>()
  let at = 0
  const bodies: string[] = []
  const keyframes: string[] = []
  shown.forEach((frame, i) => {
    const from = (at / total) * 100
    at += frame.forMs
    const to = (at / total) * 100
    const last = i === shown.length - 1
    bodies.push(
      `<g class="f${last ? ' last' : ''}" style="animation-name:k${i}">${frame.lines.map((line, row) => use(line, row, lines)).join('')}</g>`,
    )
    const before = from > 0 ? `0%,${percent(from - 0.001)}{visibility:hidden}` : ''
    const after = last ? '' : `${percent(to)},100%{visibility:hidden}`
    keyframes.push(`@keyframes k${i}{${before}${percent(from)},${percent(last ? 100 : to - 0.001)}{visibility:visible}${after}}`)
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" fill="${INK}" role="img" aria-labelledby="title">
<title id="title">${escape(title)}</title>
<style>
text{font:14px ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}
.f{visibility:hidden;animation-duration:${total}ms;animation-iteration-count:infinite;animation-timing-function:step-end}
@media (prefers-reduced-motion:reduce){.f{animation:none}.last{visibility:visible}}
${keyframes.join('\n')}
</style>
<rect width="${width}" height="${height}" rx="10" fill="${GROUND}"/>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="9.5" fill="none" stroke="#ffffff" stroke-opacity=".14"/>
<g fill="#3a3f4a"><circle cx="22" cy="21" r="6"/><circle cx="42" cy="21" r="6"/><circle cx="62" cy="21" r="6"/></g>
<defs>
${[...lines].map(([line, id]) => `<g id="${id}">${draw(line)}</g>`).join('\n')}
</defs>
${bodies.join('\n')}
</svg>
`
}

/** A line is drawn once and used by every frame that shows it. */
function use(line: string, row: number, lines: Map<string, string>): string {
  if (line.trim() === '') return ''
  let id = lines.get(line)
  if (id === undefined) {
    id = `l${lines.size.toString(36)}`
    lines.set(line, id)
  }
  return `<use href="#${id}" x="${EDGE.x}" y="${EDGE.top + row * CELL.height}"/>`
}

function merge(frames: readonly Frame[]): Frame[] {
  const merged: Frame[] = []
  for (const frame of frames) {
    const before = merged.at(-1)
    if (before !== undefined && before.lines.join('\n') === frame.lines.join('\n')) {
      merged[merged.length - 1] = { lines: before.lines, forMs: before.forMs + frame.forMs }
    } else merged.push(frame)
  }
  return merged
}

/** One line: a text for each piece of one look, placed by its column so that any font keeps the grid. */
function draw(line: string): string {
  let look = PLAIN
  let column = 0
  let drawn = ''
  for (const [, codes, text] of line.matchAll(/\u001b\[([\d;]*)m|([^\u001b]+)/gu)) {
    if (codes !== undefined) {
      look = restyle(look, codes)
      continue
    }
    if (text === undefined) continue
    for (const [run] of text.matchAll(/([█▓▒░])\1*|[^█▓▒░]+/gu)) {
      // Characters that take one cell each: those that this program's output uses.
      const cells = Array.from(run).length
      drawn += piece(run, column, cells, look)
      column += cells
    }
  }
  return drawn
}

function piece(text: string, column: number, cells: number, look: Look): string {
  const x = (column * CELL.width).toFixed(1)
  const colour = look.inverse ? (look.background ?? GROUND) : look.colour
  const background = look.inverse ? (look.colour ?? INK) : look.background
  const ground =
    background === undefined
      ? ''
      : `<rect x="${x}" y="0" width="${(cells * CELL.width).toFixed(1)}" height="${CELL.height}" fill="${background}"/>`
  if (text.trim() === '') return ground
  const filled = BLOCKS[text.charAt(0)]
  if (filled !== undefined) {
    const opacity = look.dim ? filled * 0.8 : filled
    return `${ground}<rect x="${x}" y="4" width="${(cells * CELL.width).toFixed(1)}" height="${CELL.height - 7}" fill="${colour ?? INK}" opacity="${opacity.toFixed(2)}"/>`
  }
  const lead = text.length - text.trimStart().length
  const start = ((column + lead) * CELL.width).toFixed(1)
  const word = text.trim()
  const style = [
    colour === undefined ? '' : ` fill="${colour}"`,
    look.bold ? ' style="font-weight:700"' : '',
    look.dim ? ' opacity=".6"' : '',
    look.underlined ? ' text-decoration="underline"' : '',
  ].join('')
  return `${ground}<text x="${start}" y="13.5" textLength="${(Array.from(word).length * CELL.width).toFixed(1)}"${style}>${escape(word)}</text>`
}

/** The look after an SGR sequence. */
function restyle(before: Look, codes: string): Look {
  let look = before
  const numbers = codes === '' ? [0] : codes.split(';').map(Number)
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i] as number
    if (code === 0) look = PLAIN
    else if (code === 1) look = { ...look, bold: true }
    else if (code === 2) look = { ...look, dim: true }
    else if (code === 4) look = { ...look, underlined: true }
    else if (code === 7) look = { ...look, inverse: true }
    else if (code === 22) look = { ...look, bold: false, dim: false }
    else if (code === 24) look = { ...look, underlined: false }
    else if (code === 27) look = { ...look, inverse: false }
    else if (code === 39) look = { ...look, colour: undefined }
    else if (code === 49) look = { ...look, background: undefined }
    else if (code === 38 || code === 48) {
      const [colour, used] = extended(numbers.slice(i + 1))
      look = code === 38 ? { ...look, colour } : { ...look, background: colour }
      i += used
    } else if (code >= 30 && code <= 37) look = { ...look, colour: COLOURS[code - 30] }
    else if (code >= 90 && code <= 97) look = { ...look, colour: COLOURS[code - 82] }
    else if (code >= 40 && code <= 47) look = { ...look, background: COLOURS[code - 40] }
    else if (code >= 100 && code <= 107) look = { ...look, background: COLOURS[code - 92] }
  }
  return look
}

/** A colour of 256 or of 16 million, and how many numbers it took. */
function extended(numbers: readonly number[]): [string | undefined, number] {
  const [kind, a = 0, b = 0, c = 0] = numbers
  if (kind === 2) return [`rgb(${a},${b},${c})`, 4]
  if (a < 16) return [COLOURS[a], 2]
  if (a > 231)
    return [
      `rgb(${Array(3)
        .fill(8 + (a - 232) * 10)
        .join(',')})`,
      2,
    ]
  const step = (part: number): number => (part === 0 ? 0 : 55 + part * 40)
  const cube = a - 16
  return [`rgb(${step(Math.floor(cube / 36))},${step(Math.floor(cube / 6) % 6)},${step(cube % 6)})`, 2]
}

function percent(value: number): string {
  return `${Math.max(0, value).toFixed(3)}%`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
}
