/** Numbers with their units, as the page shows them. */
import { formatBytes, formatSeconds } from '../../model/units.ts'
import { type Html, html } from './html.ts'

/** `1,234,567`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `5 µs`, `12 ms`, `3.4 s`, `4 min 05 s`. */
export function secondsText(seconds: number): string {
  if (seconds > 0 && seconds < 0.0995) {
    const [value, unit] = seconds < 0.000_9995 ? [seconds * 1e6, 'µs'] : [seconds * 1e3, 'ms']
    return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${unit}`
  }
  return formatSeconds(seconds)
}

/** `1.5 GiB`. */
export function bytesText(bytes: number): string {
  return formatBytes(bytes)
}

/** `42 %`; what is little but something reads `< 1 %`. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.005) return '< 1 %'
  return `${countText(Math.round(share * 100))} %`
}

/** `1 quantum`, `3 quanta`. */
export function manyText(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`
}

/** A time of day with its date, in UTC. */
export function timeElement(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}

/** The time of day in UTC, `09:24:22`. */
export function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19)
}
