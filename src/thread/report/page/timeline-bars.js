'use strict'
// The bars of the timeline, read from the page's packed columns: they stand by slot and then by time.

/** Reads the bars. */
globalThis.readBars = async () => {
  const about = JSON.parse(document.getElementById('timeline-about').textContent)
  const columns = await unpack(document.getElementById('timeline-block').textContent, about.columns)
  const { start, length, quantum, attempt, slot, task, ending } = columns
  const rows = rowsOf(slot, about.slots)
  const failed = new Set([about.endings.indexOf('failed'), about.endings.indexOf('retried')])
  const words = { noWork: 'no work', retried: 'failed, tried again' }

  /** The first bar of a row that does not begin before a time, or the row's end. */
  const firstFrom = ({ from, to }, seconds) => {
    const time = seconds / about.unit
    let [low, high] = [from, to]
    while (low < high) {
      const middle = (low + high) >> 1
      if (start[middle] < time) low = middle + 1
      else high = middle
    }
    return low
  }

  const idOf = (n) => {
    const { name, first, dimensions } = about.tasks[task[n]]
    const parts = dimensions.map((d, k) => {
      const dimension = about.dimensions[d]
      return `${dimension.name}=${dimension.values[columns[`id-${task[n]}-${k}`][quantum[n] - first]]}`
    })
    return parts.length === 0 ? name : `${name}@${parts.join(',')}`
  }

  const linesOf = (n) => {
    const word = about.endings[ending[n]]
    return [
      `${words[word] ?? word}${attempt[n] > 1 ? `, attempt ${attempt[n]}` : ''}, slot ${slot[n]}`,
      `took ${secondsText(length[n] * about.unit)}, began after ${secondsText(start[n] * about.unit)}`,
    ]
  }

  return {
    count: start.length,
    seconds: about.seconds,
    rows,
    firstFrom,
    idOf,
    linesOf,
    taskOf: (n) => task[n],
    hasFailed: (n) => failed.has(ending[n]),
    startOf: (n) => start[n] * about.unit,
    endOf: (n) => (start[n] + length[n]) * about.unit,
    rowOf: (n) => rows.findIndex(({ from, to }) => n >= from && n < to),
  }
}

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

function secondsText(value) {
  if (value < 1e-3) return `${Math.round(value * 1e6)} µs`
  if (value < 1) return `${(value * 1e3).toPrecision(3)} ms`
  if (value < 60) return `${value.toFixed(2)} s`
  if (value < 3600) return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`
  return `${Math.floor(value / 3600)} h ${Math.round((value % 3600) / 60)} min`
}
