/** One picture: for each station the temperature of every calendar day above the rain of every month. */
import type { Calendar, Climate } from './climate.ts'

/** A row of `stations.csv`. */
interface Station {
  readonly station: string
  readonly lat: string
  readonly lon: string
  readonly elevation_m: string
}

/** A linear scale from values to pixels. */
type Scale = (value: number) => number

const PANEL = { width: 452, gap: 48, left: 52, top: 84 }
const TEMPERATURE = { top: 62, height: 270, low: -20, high: 40, step: 10 }
const RAIN = { top: 372, height: 112, most: 300, step: 100 }
const WIDTH = PANEL.left * 2 + PANEL.gap
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** First day of each month in a calendar of 366 days, and the end. */
const STARTS = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366]

/** The chart as SVG text. */
export function draw({
  climate,
  calendar,
  stations,
}: {
  climate: readonly Climate[]
  calendar: readonly Calendar[]
  stations: readonly Station[]
}): string {
  const width = WIDTH + PANEL.width * climate.length + PANEL.gap * (climate.length - 2)
  const height = 680
  const years = climate[0]?.years ?? []
  const names = climate.map((one) => one.station)
  const panels = climate.flatMap((one, i) => {
    const own = calendar.find((other) => other.station === one.station)
    const place = stations.find((row) => row.station === one.station)
    return own === undefined ? [] : [panel({ climate: one, calendar: own, place, x: PANEL.left + i * (PANEL.width + PANEL.gap) })]
  })
  const span = `${years[0]}–${years.at(-1)}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">A year in ${escape(list(names))}, ${span}</title>
<desc id="description">${escape(climate.map(sentence).join(' '))}</desc>
${STYLE}
${gradient()}
<rect class="surface" width="${width}" height="${height}"/>
<text class="title" x="${PANEL.left}" y="38">A year in ${escape(list(names))}</text>
<text class="muted" x="${PANEL.left}" y="60">Temperature of each calendar day and rain of each month, ${span}</text>
${panels.join('\n')}
${legend(PANEL.left, height - 52, years.length)}
<text class="small muted" x="${PANEL.left}" y="${height - 16}">Data: NOAA Climate Data Online, daily readings. Usual and mean values are averages over ${calendar[0]?.window_days} days around each calendar day, and all years.</text>
</svg>
`
}

function panel({ climate, calendar, place, x }: { climate: Climate; calendar: Calendar; place: Station | undefined; x: number }): string {
  const where =
    place === undefined ? '' : `${degrees(Number(place.lat), 'N', 'S')}, ${degrees(Number(place.lon), 'E', 'W')} · ${place.elevation_m} m`
  return `<g transform="translate(${x} ${PANEL.top})">
<text class="station" y="16">${escape(climate.station)} <tspan class="small muted" dx="4">${escape(where)}</tspan></text>
<text y="38"><tspan class="strong">${fixed(climate.mean_c, 1)} °C</tspan> mean · <tspan class="strong">${fixed(climate.rain_mm, 0)} mm</tspan> of rain on <tspan class="strong">${fixed(climate.wet_days, 0)}</tspan> wet days a year</text>
${temperature(climate, calendar)}
${rain(calendar)}
</g>`
}

function temperature(climate: Climate, calendar: Calendar): string {
  const x = linear([0, 365], [0, PANEL.width])
  const y = linear([TEMPERATURE.low, TEMPERATURE.high], [TEMPERATURE.top + TEMPERATURE.height, TEMPERATURE.top])
  const { low, high, step } = TEMPERATURE
  return `<g>
${axis({ y, from: low, to: high, step, unit: '°C' })}
<path class="extreme" d="${ribbon(calendar.lowest_c, calendar.highest_c, x, y)}"/>
<path class="usual" d="${ribbon(calendar.low_c, calendar.high_c, x, y)}"/>
<path class="mean" d="M${calendar.mean_c.map((value, day) => point(x(day), y(value))).join('L')}"/>
${mark({ x, y, date: climate.hottest.date, value: climate.hottest.high_c, dy: -9 })}
${mark({ x, y, date: climate.coldest.date, value: climate.coldest.low_c, dy: 17 })}
</g>`
}

function rain(calendar: Calendar): string {
  const y = linear([0, RAIN.most], [RAIN.top + RAIN.height, RAIN.top])
  const slot = PANEL.width / 12
  const bars = MONTHS.map((name, month) => {
    const years = calendar.rain_mm.map((year) => year[month] ?? 0)
    const mean = years.reduce((sum, value) => sum + value, 0) / years.length
    const left = month * slot + slot * 0.14
    const middle = month * slot + slot / 2
    const width = slot * 0.72
    const bottom = RAIN.top + RAIN.height
    return `<path class="rain" d="M${point(left, bottom)}V${fixed(y(mean) + 2, 1)}q0 -2 2 -2h${fixed(width - 4, 1)}q2 0 2 2V${fixed(bottom, 1)}z"><title>${name}: ${fixed(mean, 0)} mm</title></path>
${years.map((value) => `<circle class="dot" cx="${fixed(middle, 1)}" cy="${fixed(y(value), 1)}" r="2"/>`).join('')}
<text class="small muted" text-anchor="middle" x="${fixed(middle, 1)}" y="${bottom + 17}">${name}</text>`
  })
  return `<g>
${axis({ y, from: 0, to: RAIN.most, step: RAIN.step, unit: 'mm' })}
${bars.join('\n')}
</g>`
}

/** Grid lines with their values; the unit stands at the highest one. */
function axis({ y, from, to, step, unit }: { y: Scale; from: number; to: number; step: number; unit: string }): string {
  const lines: string[] = []
  for (let value = from; value <= to; value += step) {
    const at = fixed(y(value), 1)
    lines.push(`<path class="${value === 0 ? 'zero' : 'grid'}" d="M0 ${at}H${PANEL.width}"/>`)
    lines.push(
      `<text class="small muted" text-anchor="end" x="-8" y="${fixed(y(value) + 4, 1)}">${value < 0 ? `−${-value}` : value}</text>`,
    )
  }
  lines.push(`<text class="small muted" text-anchor="end" x="-8" y="${fixed(y(to) - 10, 1)}">${unit}</text>`)
  return lines.join('\n')
}

/** An extreme day: a dot with its value and date, kept inside the panel. */
function mark({ x, y, date, value, dy }: { x: Scale; y: Scale; date: string; value: number; dy: number }): string {
  const month = Number(date.slice(5, 7)) - 1
  const at = x((STARTS[month] ?? 0) + Number(date.slice(8)) - 1)
  const anchor = at < 80 ? 'start' : at > PANEL.width - 80 ? 'end' : 'middle'
  const text = `${value < 0 ? '−' : ''}${fixed(Math.abs(value), 1)} °C, ${Number(date.slice(8))} ${MONTHS[month]} ${date.slice(0, 4)}`
  return `<circle class="mark" cx="${fixed(at, 1)}" cy="${fixed(y(value), 1)}" r="3"/>
<text class="small halo" text-anchor="${anchor}" x="${fixed(anchor === 'start' ? at - 3 : anchor === 'end' ? at + 3 : at, 1)}" y="${fixed(y(value) + dy, 1)}">${text}</text>`
}

function legend(x: number, y: number, years: number): string {
  const entries: readonly (readonly [number, string, string])[] = [
    [0, '<rect class="extreme-key" y="-10" width="18" height="12" rx="2"/>', 'lowest to highest'],
    [142, '<rect class="usual-key" y="-10" width="18" height="12" rx="2"/>', 'usual night to usual day'],
    [324, '<path class="mean-key" d="M0 -4H18"/>', 'mean'],
    [408, '<rect class="rain" y="-10" width="18" height="12" rx="2"/>', `mean rain of the ${years} years`],
    [604, '<circle class="dot" cx="9" cy="-4" r="2.4"/>', 'each year'],
  ]
  return `<g transform="translate(${x} ${y})">
${entries.map(([at, key, text]) => `<g transform="translate(${at} 0)">${key}<text class="small" x="25">${text}</text></g>`).join('\n')}
</g>`
}

/** Colours run with the temperature: one gradient over the height of the plot. */
function gradient(): string {
  const stops = [
    [-20, '#4a4fb5'],
    [-5, '#4a86cf'],
    [5, '#63b4c8'],
    [13, '#a9cf92'],
    [20, '#f0c350'],
    [28, '#ec8140'],
    [38, '#c8322d'],
  ] as const
  const { low, high, top, height } = TEMPERATURE
  return `<defs><linearGradient id="heat" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="${top + height}" y2="${top}">
${stops.map(([celsius, colour]) => `<stop offset="${fixed((celsius - low) / (high - low), 3)}" stop-color="${colour}"/>`).join('')}
</linearGradient></defs>`
}

/** The area between two lines. */
function ribbon(low: readonly number[], high: readonly number[], x: Scale, y: Scale): string {
  const upper = high.map((value, day) => point(x(day), y(value)))
  const lower = low.map((value, day) => point(x(day), y(value))).reverse()
  return `M${[...upper, ...lower].join('L')}Z`
}

function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  return (value) => start + ((value - from) / (to - from)) * (end - start)
}

function sentence(one: Climate): string {
  return `${one.station}: ${fixed(one.mean_c, 1)} °C mean, ${fixed(one.rain_mm, 0)} mm of rain on ${fixed(one.wet_days, 0)} wet days a year.`
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function degrees(value: number, positive: string, negative: string): string {
  return `${fixed(Math.abs(value), 1)}° ${value < 0 ? negative : positive}`
}

function point(x: number, y: number): string {
  return `${fixed(x, 1)} ${fixed(y, 1)}`
}

function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits)
  return digits === 0 ? text.replace(/\B(?=(\d{3})+$)/g, ',') : text
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
}

const STYLE = `<style>
svg { --surface: #fdfdfc; --ink: #1d1d1b; --muted: #6c6b67; --grid: #e6e5e1; --zero: #b5b3ac; --rain: #4a8bc2; --dot: #1d4a73; --extreme: .30; --line: #fff;
  font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --surface: #1a1a19; --ink: #f1f0ec; --muted: #a19f98; --grid: #333331; --zero: #6a6963; --rain: #4f93cc; --dot: #cfe5f7; --extreme: .38; --line: #1a1a19; }
}
text { fill: var(--ink); }
.surface { fill: var(--surface); }
.title { font-size: 23px; font-weight: 650; letter-spacing: -.01em; }
.station { font-size: 17px; font-weight: 650; }
.strong { font-weight: 650; }
.small { font-size: 11.5px; font-weight: 400; }
.muted { fill: var(--muted); }
.grid { stroke: var(--grid); fill: none; }
.zero { stroke: var(--zero); fill: none; }
.extreme, .extreme-key { fill: url(#heat); opacity: var(--extreme); }
.usual, .usual-key { fill: url(#heat); }
.extreme-key, .usual-key { fill: #ec8140; }
.mean, .mean-key { fill: none; stroke: var(--line); stroke-width: 2; stroke-linejoin: round; }
.mean-key { stroke: var(--muted); }
.rain { fill: var(--rain); }
.dot { fill: var(--dot); stroke: var(--surface); stroke-width: .8; }
.mark { fill: var(--ink); stroke: var(--surface); stroke-width: 1.2; }
.halo { paint-order: stroke; stroke: var(--surface); stroke-width: 3px; stroke-linejoin: round; }
</style>`
