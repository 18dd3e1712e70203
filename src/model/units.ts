/** Quantities with units: units in the text, bytes and seconds in the model. */

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
}
const SECONDS: Readonly<Record<string, number>> = {
  '': 1,
  ms: 1e-3,
  s: 1,
  sec: 1,
  min: 60,
  m: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86400,
  day: 86400,
  days: 86400,
  w: 604800,
}

/** Bytes of `500MiB`, `2 GB` or a plain number; undefined when the text is no size. */
export function parseBytes(text: string | number): number | undefined {
  if (typeof text === 'number') return Number.isFinite(text) && text >= 0 ? text : undefined
  const found = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim())
  const unit = found === null ? undefined : BYTES[found[2] as string]
  return found === null || unit === undefined ? undefined : Math.round(Number(found[1]) * unit)
}

/** Seconds of `5min`, `1h30min`, `01:30:00` or a plain number; undefined when the text is no duration. */
export function parseSeconds(text: string | number): number | undefined {
  if (typeof text === 'number') return Number.isFinite(text) && text >= 0 ? text : undefined
  const clock = /^(?:(\d+)-)?(\d+):(\d{2})(?::(\d{2}))?$/.exec(text.trim())
  if (clock !== null) {
    const [, days, a, b, c] = clock
    const [hours, minutes, seconds] = c === undefined ? [0, Number(a), Number(b)] : [Number(a), Number(b), Number(c)]
    return Number(days ?? 0) * 86400 + hours * 3600 + minutes * 60 + seconds
  }
  let total = 0
  let rest = text.trim()
  if (rest === '') return undefined
  while (rest !== '') {
    const found = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*/.exec(rest)
    const unit = found === null ? undefined : SECONDS[found[2] as string]
    if (found === null || unit === undefined) return undefined
    total += Number(found[1]) * unit
    rest = rest.slice(found[0].length)
  }
  return total
}

/** `1.5 GiB`, `12 KiB`, `0 B`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let power = 0
  let value = bytes
  while (value >= 1024 && power < units.length - 1) {
    value /= 1024
    power++
  }
  return `${value >= 9.95 ? Math.round(value) : value.toPrecision(2).replace(/\.0$/, '')} ${units[power]}`
}

/** `350 ms`, `12.3 s`, `4 min 05 s`, `3 h 12 min`, `2 d 04 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const two = (n: number) => String(n).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`
  return `${Math.floor(whole / 86400)} d ${two(Math.floor((whole % 86400) / 3600))} h`
}
