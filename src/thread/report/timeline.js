'use strict'
// Draws the timeline on a canvas from packed columns: bars stand by slot and then by time.
async function startTimeline() {
  const canvas = document.getElementById('timeline-canvas')
  if (canvas === null) return
  const about = JSON.parse(document.getElementById('timeline-about').textContent)
  const columns = await unpack(document.getElementById('timeline-block').textContent, about.columns)
  const { start, length, quantum, attempt, slot, task, ending } = columns
  const tip = document.getElementById('timeline-tip')
  const said = document.getElementById('timeline-said')
  const rows = rowsOf(slot, about.slots)
  const FAILED = new Set([about.endings.indexOf('failed'), about.endings.indexOf('retried')])
  const ENDING_WORDS = { noWork: 'no work', retried: 'failed, tried again' }
  const [GUTTER, AXIS, PADDING] = [56, 26, 4]
  const rowHeight = rows.length <= 8 ? 26 : rows.length <= 24 ? 18 : rows.length <= 80 ? 10 : 4
  const height = rows.length * rowHeight + AXIS + PADDING
  const pen = canvas.getContext('2d')
  let colours = readColours()
  let width = 0
  let view = { from: 0, to: about.seconds }
  let alone = -1
  let chosen = -1

  function resize() {
    const scale = window.devicePixelRatio || 1
    width = canvas.parentElement.clientWidth
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    canvas.style.height = `${height}px`
    pen.setTransform(scale, 0, 0, scale, 0, 0)
    draw()
  }

  const xOf = (seconds) => GUTTER + ((seconds - view.from) / (view.to - view.from)) * (width - GUTTER)
  const timeAt = (x) => view.from + ((x - GUTTER) / (width - GUTTER)) * (view.to - view.from)
  const startOf = (n) => start[n] * about.unit
  const endOf = (n) => (start[n] + length[n]) * about.unit

  function draw() {
    pen.clearRect(0, 0, width, height)
    drawAxis()
    pen.font = '12px system-ui, sans-serif'
    pen.textBaseline = 'middle'
    rows.forEach((row, r) => drawRow(row, r))
    if (chosen >= 0) drawChosen()
  }

  function drawRow({ name, from, to }, r) {
    const y = r * rowHeight + PADDING
    const tall = Math.max(2, rowHeight - (rowHeight > 8 ? 4 : 1))
    if (rowHeight >= 10 || r % 10 === 0) {
      pen.fillStyle = colours.muted
      pen.textAlign = 'right'
      pen.fillText(`slot ${name}`, GUTTER - 8, y + tall / 2)
    }
    pen.fillStyle = colours.track
    pen.fillRect(GUTTER, y, width - GUTTER, tall)
    const left = timeAt(GUTTER) / about.unit
    let filled = -1
    for (let n = Math.max(from, firstFrom(from, to, left) - 1); n < to; n++) {
      const x = xOf(startOf(n))
      if (x > width) break
      const end = Math.min(width, xOf(endOf(n)))
      if (end < GUTTER) continue
      const failed = FAILED.has(ending[n])
      const begin = Math.max(GUTTER, x)
      const wide = Math.max(1, end - begin - (end - begin > 4 ? 0.75 : 0))
      // Many bars share a pixel: one of them is drawn, and every one that failed.
      if (begin + wide <= filled + 0.5 && !failed) continue
      pen.globalAlpha = alone >= 0 && task[n] !== alone ? 0.15 : 1
      pen.fillStyle = colours.tasks[task[n] % 10]
      pen.fillRect(begin, y, wide, tall)
      filled = begin + wide
      if (failed) drawFailed(begin, y, wide, tall)
    }
    pen.globalAlpha = 1
  }

  function drawFailed(x, y, wide, tall) {
    pen.fillStyle = colours.failed
    pen.fillRect(x, y + tall - 3, Math.max(2, wide), 3)
    if (wide < 12 || tall < 12) return
    const [middle, centre, arm] = [x + wide / 2, y + (tall - 3) / 2, 4]
    pen.strokeStyle = colours.card
    pen.lineWidth = 2
    pen.beginPath()
    pen.moveTo(middle - arm, centre - arm)
    pen.lineTo(middle + arm, centre + arm)
    pen.moveTo(middle + arm, centre - arm)
    pen.lineTo(middle - arm, centre + arm)
    pen.stroke()
  }

  function drawChosen() {
    const r = rows.findIndex(({ from, to }) => chosen >= from && chosen < to)
    const x = Math.max(GUTTER, xOf(startOf(chosen)))
    pen.strokeStyle = colours.ink
    pen.lineWidth = 2
    pen.strokeRect(x - 1, r * rowHeight + PADDING - 2, Math.max(3, Math.min(width, xOf(endOf(chosen))) - x + 2), rowHeight)
  }

  function drawAxis() {
    const span = view.to - view.from
    const rough = span / Math.max(2, Math.floor((width - GUTTER) / 110))
    const step = niceStep(rough)
    const y = rows.length * rowHeight + PADDING
    pen.font = '12px system-ui, sans-serif'
    pen.textBaseline = 'top'
    for (let at = Math.ceil(view.from / step) * step; at <= view.to + step * 1e-6; at += step) {
      const x = Math.round(xOf(at)) + 0.5
      pen.strokeStyle = colours.line
      pen.lineWidth = 1
      pen.beginPath()
      pen.moveTo(x, 0)
      pen.lineTo(x, y + 4)
      pen.stroke()
      pen.fillStyle = colours.muted
      const text = clock(at, step)
      const half = pen.measureText(text).width / 2
      pen.textAlign = x + half > width ? 'right' : 'center'
      pen.fillText(text, x + half > width ? width : x, y + 8)
    }
  }

  function firstFrom(from, to, time) {
    let [low, high] = [from, to]
    while (low < high) {
      const middle = (low + high) >> 1
      if (start[middle] < time) low = middle + 1
      else high = middle
    }
    return low
  }

  function barAt(x, y) {
    const row = rows[Math.floor((y - PADDING) / rowHeight)]
    if (row === undefined || x < GUTTER) return -1
    const reach = (timeAt(x + 3) - timeAt(x)) / about.unit
    const time = timeAt(x) / about.unit
    const next = firstFrom(row.from, row.to, time)
    if (next > row.from && start[next - 1] + length[next - 1] >= time) return next - 1
    if (next < row.to && start[next] - time <= reach) return next
    if (next > row.from && time - start[next - 1] - length[next - 1] <= reach) return next - 1
    return -1
  }

  function idOf(n) {
    const { name, first, dimensions } = about.tasks[task[n]]
    const parts = dimensions.map((d, k) => {
      const dimension = about.dimensions[d]
      return `${dimension.name}=${dimension.values[columns[`id-${task[n]}-${k}`][quantum[n] - first]]}`
    })
    return parts.length === 0 ? name : `${name}@${parts.join(',')}`
  }

  function show(n, aloud) {
    chosen = n
    if (n < 0) tip.hidden = true
    else {
      const word = about.endings[ending[n]]
      const lines = [
        `${ENDING_WORDS[word] ?? word}${attempt[n] > 1 ? `, attempt ${attempt[n]}` : ''}, slot ${slot[n]}`,
        `took ${seconds(length[n] * about.unit)}, began after ${seconds(startOf(n))}`,
      ]
      const code = document.createElement('code')
      code.textContent = idOf(n)
      tip.replaceChildren(code, ...lines.flatMap((line, i) => (i === 0 ? [line] : [document.createElement('br'), line])))
      tip.hidden = false
      const r = rows.findIndex(({ from, to }) => n >= from && n < to)
      const x = Math.max(GUTTER, Math.min(width, xOf(startOf(n))))
      tip.style.left = `${Math.max(0, Math.min(x, width - tip.offsetWidth))}px`
      tip.style.top = `${(r + 1) * rowHeight + PADDING + 4}px`
      if (aloud) said.textContent = `${idOf(n)}: ${lines.join(', ')}`
    }
    draw()
  }

  function look(from, to) {
    const span = Math.min(about.seconds, Math.max(about.seconds / 1e6, 1e-5, to - from))
    const begin = Math.max(0, Math.min(from, about.seconds - span))
    view = { from: begin, to: begin + span }
    draw()
    if (chosen >= 0) show(chosen, false)
  }

  function zoom(factor, around = (view.from + view.to) / 2) {
    look(around - (around - view.from) * factor, around + (view.to - around) * factor)
  }

  const move = (share) => look(view.from + share * (view.to - view.from), view.to + share * (view.to - view.from))
  const VIEWS = {
    in: () => zoom(0.5, chosen >= 0 ? startOf(chosen) : undefined),
    out: () => zoom(2, chosen >= 0 ? startOf(chosen) : undefined),
    left: () => move(-0.4),
    right: () => move(0.4),
    all: () => look(0, about.seconds),
  }

  function step(by) {
    if (chosen < 0) return visit(firstSeen(0))
    const row = rows.find(({ from, to }) => chosen >= from && chosen < to)
    visit(Math.min(row.to - 1, Math.max(row.from, chosen + by)))
  }

  function changeSlot(by) {
    if (chosen < 0) return visit(firstSeen(0))
    const r = rows.findIndex(({ from, to }) => chosen >= from && chosen < to)
    const row = rows[Math.min(rows.length - 1, Math.max(0, r + by))]
    visit(Math.min(row.to - 1, firstFrom(row.from, row.to, start[chosen])))
  }

  function firstSeen(r) {
    const { from, to } = rows[r]
    return Math.min(to - 1, firstFrom(from, to, view.from / about.unit))
  }

  function visit(n) {
    chosen = n
    const span = view.to - view.from
    if (startOf(n) < view.from || startOf(n) > view.to) look(startOf(n) - span / 2, startOf(n) + span / 2)
    show(n, true)
  }

  const KEYS = {
    '+': VIEWS.in,
    '=': VIEWS.in,
    '-': VIEWS.out,
    '0': VIEWS.all,
    Home: VIEWS.all,
    Escape: () => show(-1, false),
    ArrowLeft: (event) => (event.shiftKey ? move(-0.2) : step(-1)),
    ArrowRight: (event) => (event.shiftKey ? move(0.2) : step(1)),
    ArrowUp: () => changeSlot(-1),
    ArrowDown: () => changeSlot(1),
  }
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || KEYS[event.key] === undefined) return
    event.preventDefault()
    KEYS[event.key](event)
  })
  canvas.addEventListener('focus', () => {
    if (canvas.matches(':focus-visible') && chosen < 0) visit(firstSeen(0))
  })
  canvas.addEventListener('blur', () => show(-1, false))

  let drag
  canvas.addEventListener('pointerdown', (event) => {
    drag = { x: event.offsetX, ...view }
    canvas.setPointerCapture(event.pointerId)
  })
  canvas.addEventListener('pointermove', (event) => {
    if (drag === undefined) return show(barAt(event.offsetX, event.offsetY), false)
    const shift = ((drag.x - event.offsetX) / (width - GUTTER)) * (drag.to - drag.from)
    look(drag.from + shift, drag.to + shift)
  })
  for (const name of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(name, () => {
      drag = undefined
    })
  }
  canvas.addEventListener('pointerleave', () => show(-1, false))
  canvas.addEventListener('dblclick', (event) => zoom(0.25, timeAt(event.offsetX)))
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoom(Math.exp(Math.max(-50, Math.min(50, event.deltaY)) / 100), timeAt(event.offsetX))
    },
    { passive: false },
  )
  const tools = document.querySelector('.timeline-tools')
  tools.hidden = false
  for (const button of tools.querySelectorAll('button')) button.addEventListener('click', () => VIEWS[button.dataset.view]())
  const keys = [...document.querySelectorAll('.key')]
  for (const key of keys) {
    key.addEventListener('click', () => {
      alone = alone === Number(key.dataset.task) ? -1 : Number(key.dataset.task)
      for (const other of keys) other.setAttribute('aria-pressed', String(Number(other.dataset.task) === alone))
      draw()
    })
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    colours = readColours()
    draw()
  })
  new ResizeObserver(resize).observe(canvas.parentElement)
  resize()
  canvas.dataset.bars = String(start.length)

  function readColours() {
    const style = getComputedStyle(document.documentElement)
    const of = (name) => style.getPropertyValue(`--${name}`).trim()
    return {
      tasks: Array.from({ length: 10 }, (_, t) => of(`t${t}`)),
      ...Object.fromEntries(['ink', 'muted', 'line', 'track', 'card', 'failed'].map((name) => [name, of(name)])),
    }
  }
}

startTimeline().catch((error) => {
  // A browser that cannot unpack the columns still has the rest of the page.
  const note = document.createElement('p')
  note.className = 'none'
  note.textContent = `The timeline cannot be drawn here: ${error.message}`
  document.querySelector('.timeline-box').replaceChildren(note)
})

/** Columns by name; each begins at a multiple of four bytes. */
async function unpack(text, columns) {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const bytes = await new Response(stream).arrayBuffer()
  const kinds = { Uint8Array, Uint16Array, Uint32Array, Int32Array }
  let at = 0
  return Object.fromEntries(
    columns.map(([name, kind, length]) => {
      const array = new kinds[kind](bytes, at, length)
      at += Math.ceil(array.byteLength / 4) * 4
      return [name, array]
    }),
  )
}

function rowsOf(slot, names) {
  let n = 0
  return names.map((name) => {
    const from = n
    while (n < slot.length && slot[n] === name) n++
    return { name, from, to: n }
  })
}

function niceStep(rough) {
  const steps = [60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800]
  if (rough > 30) return steps.find((step) => step >= rough) ?? Math.ceil(rough / 604800) * 604800
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10, 20, 30].map((by) => by * power).find((step) => step >= rough)
}

function clock(seconds, step) {
  if (step < 1e-3) return `${(seconds * 1e3).toFixed(Math.max(0, Math.ceil(-Math.log10(step * 1e3))))} ms`
  if (step < 60 && seconds < 3600) return `${seconds.toFixed(Math.max(0, Math.ceil(-Math.log10(step))))} s`
  const two = (value) => String(Math.floor(value)).padStart(2, '0')
  const days = Math.floor(seconds / 86400)
  return `${days > 0 ? `${days} d ` : ''}${two((seconds % 86400) / 3600)}:${two((seconds % 3600) / 60)}${step < 60 ? `:${two(seconds % 60)}` : ''}`
}

function seconds(value) {
  if (value < 1e-3) return `${Math.round(value * 1e6)} µs`
  if (value < 1) return `${(value * 1e3).toPrecision(3)} ms`
  if (value < 60) return `${value.toFixed(2)} s`
  if (value < 3600) return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`
  return `${Math.floor(value / 3600)} h ${Math.round((value % 3600) / 60)} min`
}
