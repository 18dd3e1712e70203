'use strict'
// Sorting and filtering of tables, copying of commands, and which section is looked at.
for (const table of document.querySelectorAll('table')) {
  const body = table.tBodies[0]
  const valueOf = (row, column, numeric) => {
    const cell = row.cells[column]
    const by = cell.dataset.by ?? cell.textContent
    if (!numeric) return by
    return by === '' ? Number.NEGATIVE_INFINITY : Number(by)
  }
  for (const heading of table.querySelectorAll('th[data-kind]')) {
    heading.querySelector('button').addEventListener('click', () => {
      const numeric = heading.dataset.kind === 'number'
      const before = heading.getAttribute('aria-sort')
      const order = before === null ? (numeric ? 'descending' : 'ascending') : before === 'ascending' ? 'descending' : 'ascending'
      for (const other of table.querySelectorAll('th[aria-sort]')) other.removeAttribute('aria-sort')
      heading.setAttribute('aria-sort', order)
      const column = heading.cellIndex
      const sign = order === 'ascending' ? 1 : -1
      const compare = numeric ? (a, b) => (a === b ? 0 : a < b ? -1 : 1) : (a, b) => a.localeCompare(b, 'en', { numeric: true })
      const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column, numeric) }))
      rows.sort((a, b) => sign * compare(a.value, b.value))
      body.append(...rows.map(({ row }) => row))
    })
  }
}

const filter = document.getElementById('quanta-filter')
if (filter !== null) {
  const state = document.getElementById('quanta-state')
  const shown = document.getElementById('quanta-shown')
  const rows = [...document.querySelectorAll('#quanta-table tbody tr')]
  const look = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word !== '')
    let count = 0
    for (const row of rows) {
      const text = row.cells[0].textContent.toLowerCase()
      row.hidden = (state.value !== '' && row.dataset.state !== state.value) || !words.every((word) => text.includes(word))
      if (!row.hidden) count++
    }
    shown.textContent = `${count} of ${rows.length} shown`
  }
  filter.addEventListener('input', look)
  state.addEventListener('input', look)
  filter.closest('.filters').hidden = false
  look()
}

for (const button of document.querySelectorAll('button.copy')) {
  button.hidden = false
  const say = (word) => {
    button.textContent = word
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 2000)
  }
  // A browser that does not let pages copy: the command is selected, ready for the keys.
  const select = () => {
    getSelection().selectAllChildren(button.previousElementSibling)
    say('Selected')
  }
  button.addEventListener('click', () => {
    if (navigator.clipboard === undefined) select()
    else navigator.clipboard.writeText(button.dataset.copy).then(() => say('Copied'), select)
  })
}

const links = new Map([...document.querySelectorAll('.sections a')].map((link) => [link.hash.slice(1), link]))
const visible = new Set()
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) visible[isIntersecting ? 'add' : 'delete'](target.id)
    const first = [...links.keys()].find((id) => visible.has(id))
    if (first === undefined) return
    for (const [id, link] of links) {
      if (id === first) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
    const current = links.get(first)
    const list = current.closest('ul')
    if (current.offsetLeft < list.scrollLeft || current.offsetLeft + current.offsetWidth > list.scrollLeft + list.clientWidth) {
      list.scrollLeft = current.offsetLeft - 40
    }
  },
  { rootMargin: '-60px 0px -55% 0px' },
)
for (const section of document.querySelectorAll('main > section')) watcher.observe(section)
