/** Histograms as SVG. */
import { binOf, type Distribution } from './distribution.ts'
import { type Html, html } from './html.ts'
import { countText } from './numbers.ts'

/** How a histogram is drawn. */
export interface HistogramStyle {
  readonly width: number
  readonly height: number
  /** What is counted and in which unit, for those who hear the page. */
  readonly label: string
  readonly text: (value: number) => string
}

/** Bars, and a line at the median. */
export function histogram(distribution: Distribution, { width, height, label, text }: HistogramStyle): Html {
  const { bins, count, least, median, high, most } = distribution
  const highest = Math.max(...bins)
  const wide = width / bins.length
  const bars = bins.map((n, i) => {
    if (n === 0) return undefined
    const tall = Math.max(1.5, (n / highest) * (height - 2))
    return html`<rect x="${(i * wide).toFixed(2)}" y="${(height - tall).toFixed(2)}" width="${Math.max(1, wide - 1).toFixed(2)}" height="${tall.toFixed(2)}"/>`
  })
  const at = ((binOf(distribution, median) + 0.5) * wide - 0.5).toFixed(2)
  const title = `${label} of ${countText(count)}: from ${text(least)} to ${text(most)}, median ${text(median)}, 95 % at most ${text(high)}`
  return html`<svg class="histogram" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" preserveAspectRatio="none" role="img" aria-label="${title}"><title>${title}</title>${bars}<line x1="${at}" x2="${at}" y1="0" y2="${height}"/></svg>`
}
