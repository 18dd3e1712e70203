/** Tables that the page's script can sort. */
import { type Html, html, type Part } from './html.ts'

/** A column. */
export interface Column {
  readonly title: string
  readonly kind: 'text' | 'number'
  /** False: there is nothing to sort by. */
  readonly sorts?: false
}

/** A cell, and what it is sorted by when its text does not say. */
export interface Cell {
  readonly shown: Part
  readonly by?: number | string
}

/** A row; `about` is what a filter looks at. */
export interface Row {
  readonly cells: readonly Cell[]
  readonly state?: string
}

/** From so many rows on, a table scrolls in its box. */
const TALL = 15

/** The table in a box of its own that scrolls sideways; the first cell of a row is its heading. */
export function sortableTable(id: string, caption: string, columns: readonly Column[], rows: readonly Row[]): Html {
  const head = columns.map(({ title, kind, sorts }) =>
    sorts === false
      ? html`<th scope="col">${title}</th>`
      : html`<th scope="col" class="${kind}" data-kind="${kind}"><button type="button">${title}<span class="arrow" aria-hidden="true"></span></button></th>`,
  )
  const body = rows.map(
    ({ cells, state }) =>
      html`<tr${state === undefined ? undefined : html` data-state="${state}"`}>${cells.map((cell, c) => cellElement(cell, columns[c] as Column, c))}</tr>
`,
  )
  return html`<div class="scroll${rows.length > TALL ? ' tall' : ''}" role="region" tabindex="0" aria-label="${caption}"><table id="${id}"><caption class="hidden">${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

function cellElement({ shown, by }: Cell, { kind }: Column, c: number): Html {
  const sort = by === undefined ? undefined : html` data-by="${typeof by === 'number' && Number.isNaN(by) ? '' : by}"`
  return c === 0 ? html`<th scope="row"${sort}>${shown}</th>` : html`<td class="${kind}"${sort}>${shown}</td>`
}

/** A cell for a number that may not be known. */
export function numberCell(value: number | undefined, text: (value: number) => string): Cell {
  const known = value !== undefined && !Number.isNaN(value)
  return { shown: known ? text(value) : html`<span class="muted">–</span>`, by: known ? value : Number.NaN }
}
