'use strict'
// Looks at the timeline by mouse, touch and keys.

/** Shows the timeline and lets people move in it. */
async function startTimeline(canvas) {
  const bars = await readBars()
  const picture = new Picture(canvas, bars)
  const moves = movesOf(picture)
  listenToPointer(picture, moves)
  listenToKeys(picture, moves)
  listenToButtons(picture, moves)
  for (const condition of ['(prefers-color-scheme: dark)', 'print']) {
    matchMedia(condition).addEventListener('change', () => {
      picture.readColours()
      picture.resize()
    })
  }
  new ResizeObserver(() => picture.resize()).observe(canvas.parentElement)
  canvas.dataset.bars = String(bars.count)
}

/** Everything that can be done with a picture, whatever asks for it. */
function movesOf(picture) {
  const { bars } = picture
  const tip = document.getElementById('timeline-tip')
  const said = document.getElementById('timeline-said')

  const show = (n, aloud = false) => {
    picture.chosen = n
    tip.hidden = n < 0
    if (n >= 0) {
      const [first, ...rest] = bars.linesOf(n)
      const code = document.createElement('code')
      code.textContent = bars.idOf(n)
      tip.replaceChildren(code, first, ...rest.flatMap((line) => [document.createElement('br'), line]))
      const x = Math.max(GUTTER, Math.min(picture.width, picture.xOf(bars.startOf(n))))
      tip.style.left = `${Math.max(0, Math.min(x, picture.width - tip.offsetWidth))}px`
      tip.style.top = `${picture.yOf(bars.rowOf(n) + 1) + 4}px`
      if (aloud) said.textContent = `${bars.idOf(n)}: ${[first, ...rest].join(', ')}`
    }
    picture.draw()
  }

  const look = (from, to) => {
    const span = Math.min(bars.seconds, Math.max(bars.seconds / 1e6, 1e-5, to - from))
    const begin = Math.max(0, Math.min(from, bars.seconds - span))
    picture.view = { from: begin, to: begin + span }
    show(picture.chosen)
  }

  const zoom = (factor, around) => {
    const { from, to } = picture.view
    const middle = around ?? (picture.chosen >= 0 ? bars.startOf(picture.chosen) : (from + to) / 2)
    look(middle - (middle - from) * factor, middle + (to - middle) * factor)
  }

  const shift = (share) => {
    const { from, to } = picture.view
    look(from + share * (to - from), to + share * (to - from))
  }

  const visit = (n) => {
    const { from, to } = picture.view
    const at = bars.startOf(n)
    if (at < from || at > to) look(at - (to - from) / 2, at + (to - from) / 2)
    show(n, true)
  }

  const begin = () => {
    const row = bars.rows[0]
    visit(Math.min(row.to - 1, bars.firstFrom(row, picture.view.from)))
  }

  /** To the bar so many before or behind, in the slot so many above or below. */
  const step = (along, across) => {
    if (picture.chosen < 0) return begin()
    const own = bars.rowOf(picture.chosen)
    const row = bars.rows[Math.max(0, Math.min(bars.rows.length - 1, own + across))]
    const n = across === 0 ? picture.chosen + along : bars.firstFrom(row, bars.startOf(picture.chosen))
    visit(Math.max(row.from, Math.min(row.to - 1, n)))
  }

  return { show, look, zoom, shift, step, begin, whole: () => look(0, bars.seconds) }
}

function listenToKeys(picture, moves) {
  const keys = {
    '+': () => moves.zoom(0.5),
    '=': () => moves.zoom(0.5),
    '-': () => moves.zoom(2),
    '0': moves.whole,
    Home: moves.whole,
    Escape: () => moves.show(-1),
    ArrowLeft: (event) => (event.shiftKey ? moves.shift(-0.2) : moves.step(-1, 0)),
    ArrowRight: (event) => (event.shiftKey ? moves.shift(0.2) : moves.step(1, 0)),
    ArrowUp: () => moves.step(0, -1),
    ArrowDown: () => moves.step(0, 1),
  }
  picture.canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys[event.key] === undefined) return
    event.preventDefault()
    keys[event.key](event)
  })
  picture.canvas.addEventListener('focus', () => {
    if (picture.canvas.matches(':focus-visible') && picture.chosen < 0) moves.begin()
  })
  picture.canvas.addEventListener('blur', () => moves.show(-1))
}

function listenToPointer(picture, moves) {
  const { canvas } = picture
  let drag
  canvas.addEventListener('pointerdown', (event) => {
    drag = { x: event.offsetX, ...picture.view }
    canvas.setPointerCapture(event.pointerId)
  })
  canvas.addEventListener('pointermove', (event) => {
    if (drag === undefined) {
      moves.show(picture.barAt(event.offsetX, event.offsetY))
      return
    }
    const by = ((drag.x - event.offsetX) / (picture.width - GUTTER)) * (drag.to - drag.from)
    moves.look(drag.from + by, drag.to + by)
  })
  for (const name of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(name, () => {
      drag = undefined
    })
  }
  canvas.addEventListener('pointerleave', () => moves.show(-1))
  canvas.addEventListener('dblclick', (event) => moves.zoom(0.25, picture.timeAt(event.offsetX)))
  const turnWheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    moves.zoom(Math.exp(Math.max(-50, Math.min(50, event.deltaY)) / 100), picture.timeAt(event.offsetX))
  }
  canvas.addEventListener('wheel', turnWheel, { passive: false })
}

function listenToButtons(picture, moves) {
  const views = {
    in: () => moves.zoom(0.5),
    out: () => moves.zoom(2),
    left: () => moves.shift(-0.4),
    right: () => moves.shift(0.4),
    all: moves.whole,
  }
  const tools = document.querySelector('.timeline-tools')
  tools.hidden = false
  for (const button of tools.querySelectorAll('button')) button.addEventListener('click', () => views[button.dataset.view]())
  const keys = [...document.querySelectorAll('.key')]
  for (const key of keys) {
    key.addEventListener('click', () => {
      const task = Number(key.dataset.task)
      picture.alone = picture.alone === task ? -1 : task
      for (const other of keys) other.setAttribute('aria-pressed', String(Number(other.dataset.task) === picture.alone))
      picture.draw()
    })
  }
}

const timelineCanvas = document.getElementById('timeline-canvas')
if (timelineCanvas !== null) {
  startTimeline(timelineCanvas).catch((error) => {
    // A browser that cannot unpack the columns still has the rest of the page.
    const note = document.createElement('p')
    note.className = 'none'
    note.textContent = `The timeline cannot be drawn here: ${error.message}`
    timelineCanvas.parentElement.replaceChildren(note)
  })
}
