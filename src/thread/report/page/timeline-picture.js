'use strict'
// The timeline as a picture on a canvas: rows of bars over an axis of time.

const [GUTTER, AXIS, PADDING] = [56, 26, 6]

/** A picture of the bars. What it shows is in `view` (seconds from, to), `alone` (one task, or -1) and `chosen` (one bar, or -1). */
globalThis.Picture = class {
  constructor(canvas, bars) {
    this.canvas = canvas
    this.bars = bars
    this.pen = canvas.getContext('2d')
    this.view = { from: 0, to: bars.seconds }
    this.alone = -1
    this.chosen = -1
    const { length } = bars.rows
    this.rowHeight = length <= 8 ? 26 : length <= 24 ? 18 : length <= 80 ? 10 : 4
    this.barHeight = Math.max(2, this.rowHeight - (this.rowHeight > 8 ? 4 : 1))
    this.height = length * this.rowHeight + AXIS + PADDING
    this.readColours()
    this.resize()
  }

  readColours() {
    const style = getComputedStyle(document.documentElement)
    const of = (name) => style.getPropertyValue(`--${name}`).trim()
    this.taskColours = Array.from({ length: 10 }, (_, t) => of(`t${t}`))
    this.colours = Object.fromEntries(['ink', 'muted', 'line', 'track', 'card', 'failed'].map((name) => [name, of(name)]))
  }

  resize() {
    const scale = window.devicePixelRatio || 1
    this.width = this.canvas.parentElement.clientWidth
    this.canvas.width = Math.round(this.width * scale)
    this.canvas.height = Math.round(this.height * scale)
    this.canvas.style.height = `${this.height}px`
    this.pen.setTransform(scale, 0, 0, scale, 0, 0)
    this.draw()
  }

  xOf(seconds) {
    return GUTTER + ((seconds - this.view.from) / (this.view.to - this.view.from)) * (this.width - GUTTER)
  }

  timeAt(x) {
    return this.view.from + ((x - GUTTER) / (this.width - GUTTER)) * (this.view.to - this.view.from)
  }

  yOf(row) {
    return row * this.rowHeight + PADDING
  }

  /** The bar at a place, or one within three pixels of it; -1 when there is none. */
  barAt(x, y) {
    const { rows, firstFrom, startOf, endOf } = this.bars
    const row = rows[Math.floor((y - PADDING) / this.rowHeight)]
    if (row === undefined || x < GUTTER) return -1
    const reach = this.timeAt(x + 3) - this.timeAt(x)
    const time = this.timeAt(x)
    const next = firstFrom(row, time)
    if (next > row.from && endOf(next - 1) >= time) return next - 1
    if (next < row.to && startOf(next) - time <= reach) return next
    return next > row.from && time - endOf(next - 1) <= reach ? next - 1 : -1
  }

  draw() {
    this.pen.clearRect(0, 0, this.width, this.height)
    this.pen.font = '12px system-ui, sans-serif'
    this.drawAxis()
    this.bars.rows.forEach((row, r) => this.drawRow(row, r))
    if (this.chosen >= 0) this.drawChosen()
  }

  drawRow(row, r) {
    const { pen, bars, width, barHeight } = this
    const y = this.yOf(r)
    if (this.rowHeight >= 10 || r % 10 === 0) {
      pen.fillStyle = this.colours.muted
      pen.textAlign = 'right'
      pen.textBaseline = 'middle'
      pen.fillText(`slot ${row.name}`, GUTTER - 8, y + barHeight / 2)
    }
    pen.fillStyle = this.colours.track
    pen.fillRect(GUTTER, y, width - GUTTER, barHeight)
    const failures = []
    let filled = -1
    for (let n = Math.max(row.from, bars.firstFrom(row, this.view.from) - 1); n < row.to; n++) {
      const x = this.xOf(bars.startOf(n))
      if (x > width) break
      const end = Math.min(width, this.xOf(bars.endOf(n)))
      if (end < GUTTER) continue
      const begin = Math.max(GUTTER, x)
      const wide = Math.max(1, end - begin - (end - begin > 4 ? 0.75 : 0))
      if (bars.hasFailed(n)) failures.push({ n, x: begin, wide })
      // Many bars share a pixel: one of them is drawn.
      if (begin + wide <= filled + 0.5) continue
      pen.globalAlpha = this.alone >= 0 && bars.taskOf(n) !== this.alone ? 0.15 : 1
      pen.fillStyle = this.taskColours[bars.taskOf(n) % 10]
      pen.fillRect(begin, y, wide, barHeight)
      filled = begin + wide
    }
    let marked = -1
    for (const { n, x, wide } of failures) {
      if (x + wide < marked) continue
      pen.globalAlpha = this.alone >= 0 && bars.taskOf(n) !== this.alone ? 0.15 : 1
      this.drawFailure(x, y, wide)
      marked = x + 1
    }
    pen.globalAlpha = 1
  }

  /** A red edge and a cross; where there is no room for them, a flag above the row. */
  drawFailure(x, y, wide) {
    const { pen, barHeight } = this
    pen.fillStyle = this.colours.failed
    if (wide < 12 || barHeight < 12) {
      pen.fillStyle = this.colours.card
      pen.fillRect(x - 2.5, y, 5, barHeight)
      pen.fillStyle = this.colours.failed
      pen.fillRect(x - 1.5, y - 3, 3, barHeight + 3)
      pen.beginPath()
      pen.moveTo(x - 5, y - 5)
      pen.lineTo(x + 5, y - 5)
      pen.lineTo(x, y + 2)
      pen.fill()
      return
    }
    pen.fillRect(x, y + barHeight - 4, wide, 4)
    const [middle, centre, arm] = [x + wide / 2, y + (barHeight - 4) / 2, 4]
    pen.strokeStyle = this.colours.card
    pen.lineWidth = 2
    pen.beginPath()
    pen.moveTo(middle - arm, centre - arm)
    pen.lineTo(middle + arm, centre + arm)
    pen.moveTo(middle + arm, centre - arm)
    pen.lineTo(middle - arm, centre + arm)
    pen.stroke()
  }

  drawChosen() {
    const { pen, bars, chosen } = this
    const x = Math.max(GUTTER, this.xOf(bars.startOf(chosen)))
    const end = Math.min(this.width, this.xOf(bars.endOf(chosen)))
    pen.strokeStyle = this.colours.ink
    pen.lineWidth = 2
    pen.strokeRect(x - 1, this.yOf(bars.rowOf(chosen)) - 1, Math.max(3, end - x + 2), this.barHeight + 2)
  }

  drawAxis() {
    const { pen, view, width } = this
    const step = niceStep((view.to - view.from) / Math.max(2, Math.floor((width - GUTTER) / 110)))
    const y = this.yOf(this.bars.rows.length)
    pen.textBaseline = 'top'
    for (let at = Math.ceil(view.from / step) * step; at <= view.to + step * 1e-6; at += step) {
      const x = Math.round(this.xOf(at)) + 0.5
      pen.strokeStyle = this.colours.line
      pen.lineWidth = 1
      pen.beginPath()
      pen.moveTo(x, 0)
      pen.lineTo(x, y + 4)
      pen.stroke()
      pen.fillStyle = this.colours.muted
      const text = tickText(at, step)
      const isLast = x + pen.measureText(text).width / 2 > width
      pen.textAlign = isLast ? 'right' : 'center'
      pen.fillText(text, isLast ? width : x, y + 8)
    }
  }
}

function niceStep(rough) {
  const steps = [60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800]
  if (rough > 30) return steps.find((step) => step >= rough) ?? Math.ceil(rough / 604800) * 604800
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10, 20, 30].map((by) => by * power).find((step) => step >= rough)
}

function tickText(seconds, step) {
  if (step < 1e-3) return `${(seconds * 1e3).toFixed(Math.max(0, Math.ceil(-Math.log10(step * 1e3))))} ms`
  if (step < 60 && seconds < 3600) return `${seconds.toFixed(Math.max(0, Math.ceil(-Math.log10(step))))} s`
  const two = (value) => String(Math.floor(value)).padStart(2, '0')
  const days = Math.floor(seconds / 86400)
  return `${days > 0 ? `${days} d ` : ''}${two((seconds % 86400) / 3600)}:${two((seconds % 3600) / 60)}${step < 60 ? `:${two(seconds % 60)}` : ''}`
}
