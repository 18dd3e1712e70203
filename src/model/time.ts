/**
 * Instants: bigint nanoseconds of TAI since 1970-01-01 00:00:00 TAI, read from and written as text.
 *
 * A time in a record is TAI unless it names a zone (`Z`, `+02:00`); a literal of an expression says `FORMAT/VALUE/SCALE`.
 */
import { HeddleError } from './errors.ts'
import { didYouMean } from './nearest.ts'
import type { Value, ValueType } from './value.ts'

const SECOND = 1_000_000_000n
const DAY = 86_400n * SECOND
/** TT - TAI. */
const TT_AHEAD = 32_184_000_000n
/** 1970-01-01 as a modified Julian date. */
const MJD_1970 = 40_587n

/**
 * TAI - UTC in whole seconds from the given day on: IERS Bulletin C, as listed in IANA's `leap-seconds.list`.
 * None was added after 2017-01-01. Days before 1972 take the first entry, where real UTC drifted against TAI.
 */
const LEAP_SECONDS: readonly (readonly [day: number, taiMinusUtc: number])[] = (
  [
    [1972, 1, 10],
    [1972, 7, 11],
    [1973, 1, 12],
    [1974, 1, 13],
    [1975, 1, 14],
    [1976, 1, 15],
    [1977, 1, 16],
    [1978, 1, 17],
    [1979, 1, 18],
    [1980, 1, 19],
    [1981, 7, 20],
    [1982, 7, 21],
    [1983, 7, 22],
    [1985, 7, 23],
    [1988, 1, 24],
    [1990, 1, 25],
    [1991, 1, 26],
    [1992, 7, 27],
    [1993, 7, 28],
    [1994, 7, 29],
    [1996, 1, 30],
    [1997, 7, 31],
    [1999, 1, 32],
    [2006, 1, 33],
    [2009, 1, 34],
    [2012, 7, 35],
    [2015, 7, 36],
    [2017, 1, 37],
  ] as const
).map(([year, month, seconds]) => [dayNumber(year, month, 1), seconds])

/** TAI - UTC, in seconds, on a day counted from 1970-01-01. */
export function taiMinusUtc(day: number): number {
  for (let i = LEAP_SECONDS.length - 1; i > 0; i--) {
    const [from, seconds] = LEAP_SECONDS[i] as readonly [number, number]
    if (day >= from) return seconds
  }
  return (LEAP_SECONDS[0] as readonly [number, number])[1]
}

/** Seconds that a UTC day has beyond 86,400. */
function leapOf(day: number): number {
  return taiMinusUtc(day + 1) - taiMinusUtc(day)
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function calendarDate(dayFrom1970: number): { year: number; month: number; day: number } {
  const z = dayFrom1970 + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 }
}

/** A time scale that literals may name. */
type TimeScale = 'utc' | 'tai' | 'tt'
const SCALES: readonly TimeScale[] = ['utc', 'tai', 'tt']

/** A calendar day and the time in it, as written. */
interface Clock {
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: bigint
}

function fail(message: string): never {
  throw new HeddleError('time-format', message)
}

function fromClock(clock: Clock, scale: TimeScale, offsetMinutes = 0): bigint {
  const { hour, minute, second } = clock
  if (hour > 23) fail(`hour ${hour} is not within 0 and 23`)
  if (minute > 59) fail(`minute ${minute} is not within 0 and 59`)
  const minutes = clock.day * 1440 + hour * 60 + minute - offsetMinutes
  const day = Math.floor(minutes / 1440)
  const minuteOfDay = minutes - day * 1440
  if (second > 59 && !(scale === 'utc' && second === 60 && minuteOfDay === 1439 && leapOf(day) === 1)) {
    fail(second === 60 ? 'there is no leap second then' : `second ${second} is not within 0 and 59`)
  }
  const local = BigInt(day) * DAY + BigInt(minuteOfDay * 60 + second) * SECOND + clock.nanosecond
  if (scale === 'utc') return local + BigInt(taiMinusUtc(day)) * SECOND
  return scale === 'tt' ? local - TT_AHEAD : local
}

/** Takes nanoseconds counted in days of exactly 86,400 s of a scale; a UTC day with a leap second is stretched, as in ERFA. */
function fromUniform(ns: bigint, scale: TimeScale): bigint {
  if (scale === 'tai') return ns
  if (scale === 'tt') return ns - TT_AHEAD
  const day = floorDivide(ns, DAY)
  const rest = ns - day * DAY
  return ns + (rest * BigInt(leapOf(Number(day)))) / 86_400n + BigInt(taiMinusUtc(Number(day))) * SECOND
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}

/** An exact decimal: `units / scale`. */
interface Decimal {
  readonly units: bigint
  readonly scale: bigint
}

/** A decimal number of some unit as nanoseconds, rounded to the nearest. */
function times({ units, scale }: Decimal, nsPerUnit: bigint): bigint {
  return floorDivide(2n * units * nsPerUnit + scale, 2n * scale)
}

/** Formats whose value is a decimal number, and what it stands for; the epoch ones name an instant whatever the scale. */
const NUMBER_FORMATS: Readonly<Record<string, (value: Decimal, scale: TimeScale) => bigint>> = {
  mjd: (value, scale) => fromUniform(times(value, DAY) - MJD_1970 * DAY, scale),
  jd: (value, scale) => fromUniform(times(value, DAY) - (2_440_587n * DAY + DAY / 2n), scale),
  jyear: (value, scale) =>
    fromUniform(times(value, 365n * DAY + DAY / 4n) - 2_000n * (365n * DAY + DAY / 4n) + 10_957n * DAY + DAY / 2n, scale),
  decimalyear: (value, scale) => {
    const year = floorDivide(value.units, value.scale)
    const start = dayNumber(Number(year), 1, 1)
    const length = BigInt(dayNumber(Number(year) + 1, 1, 1) - start) * DAY
    return fromUniform(BigInt(start) * DAY + times({ units: value.units - year * value.scale, scale: value.scale }, length), scale)
  },
  unix: (value) => {
    const ns = times(value, SECOND)
    return ns + BigInt(taiMinusUtc(Number(floorDivide(ns, DAY)))) * SECOND
  },
  unix_tai: (value) => times(value, SECOND),
  gps: (value) => times(value, SECOND) + BigInt(dayNumber(1980, 1, 6)) * DAY + 19n * SECOND,
  cxcsec: (value) => times(value, SECOND) + BigInt(dayNumber(1998, 1, 1)) * DAY - TT_AHEAD,
}
const CALENDAR_FORMATS = ['iso', 'isot', 'fits', 'yday']
const FORMATS = [...CALENDAR_FORMATS, ...Object.keys(NUMBER_FORMATS)]

const CLOCK = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?`
const NUMBER = /^(-?)(?:(\d+)\.(\d*)|()\.(\d+))$/
const ISO = new RegExp(String.raw`^(\d{4}|\+\d{5})-(\d{1,2})-(\d{1,2})(?:([T ])${CLOCK})?$`, 'i')
const YDAY = new RegExp(String.raw`^(\d{4}):(\d{1,3})(?:(:)${CLOCK})?$`)
const RECORD = new RegExp(String.raw`^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)(?:([T ])${CLOCK})?\s*(Z|[+-]\d\d:?\d\d)?$`, 'i')

/**
 * TAI nanoseconds of a time literal, the text inside `T'…'`: `[FORMAT/]VALUE[/SCALE]`.
 * Calendar forms and `unix` are UTC, `cxcsec` TT, other numbers TAI. Throws `time-format`.
 */
export function parseTimeLiteral(text: string): bigint {
  const parts = text.split('/')
  const [format, value, scaleName] = parts.length === 1 || !/^[a-z]\w*$/i.test(parts[0] as string) ? [undefined, ...parts] : parts
  if (value === undefined || parts.length > 3 || (format === undefined && parts.length > 2))
    fail(`${JSON.stringify(text)} is no FORMAT/VALUE/SCALE`)
  const form = format?.toLowerCase()
  if (form !== undefined && !FORMATS.includes(form)) {
    fail(`${JSON.stringify(format)} is no time format; expected one of ${FORMATS.join(', ')}${didYouMean(form, FORMATS)}`)
  }
  const scale = scaleName?.toLowerCase()
  if (scale !== undefined && !isScale(scale)) {
    fail(
      `${JSON.stringify(scaleName)} is no time scale that Heddle knows; expected one of ${SCALES.join(', ')}${didYouMean(scale, SCALES)}`,
    )
  }
  const number = NUMBER.exec(value)
  if (number !== null) return fromNumber(number, form ?? 'mjd', scale)
  if (form !== undefined && form in NUMBER_FORMATS)
    fail(`the format ${form} takes a number with a decimal point, not ${JSON.stringify(value)}`)
  const zoned = /^(.*\d:\d.*?)\+00:00$/.exec(value)
  if (zoned !== null && scale !== undefined && scale !== 'utc') fail(`a time with +00:00 is UTC, not ${scale}`)
  return fromCalendar(zoned === null ? value : (zoned[1] as string), form, scale ?? 'utc')
}

function isScale(name: string): name is TimeScale {
  return (SCALES as readonly string[]).includes(name)
}

function fromNumber(found: RegExpExecArray, form: string, scale: TimeScale | undefined): bigint {
  const convert = NUMBER_FORMATS[form]
  if (convert === undefined) fail(`the format ${form} takes a date, not the number ${found[0]}`)
  const fraction = found[3] ?? found[5] ?? ''
  const units = BigInt(`${found[2] ?? ''}${fraction}`)
  return convert({ units: found[1] === '-' ? -units : units, scale: 10n ** BigInt(fraction.length) }, scale ?? 'tai')
}

function fromCalendar(value: string, form: string | undefined, scale: TimeScale): bigint {
  const yday = YDAY.exec(value)
  if (yday !== null) {
    if (form !== undefined && form !== 'yday') fail(`the format ${form} does not read ${JSON.stringify(value)}, which is yday`)
    const [year, ordinal] = [Number(yday[1]), Number(yday[2])]
    const first = dayNumber(year, 1, 1)
    const length = dayNumber(year + 1, 1, 1) - first
    if (ordinal < 1 || ordinal > length) fail(`day ${ordinal} is not within 1 and ${length}, the days of ${year}`)
    return fromClock(clockOf(first + ordinal - 1, yday, 4), scale)
  }
  const iso = ISO.exec(value)
  if (iso === null) fail(calendarHint(value))
  const found = value.startsWith('+') ? 'fits' : iso[4] === ' ' ? 'iso' : 'isot'
  const fits =
    form === undefined ||
    form === found ||
    (iso[4] === undefined && form !== 'yday' && found !== 'fits') ||
    (form === 'fits' && found === 'isot')
  if (!fits) fail(`the format ${form} does not read ${JSON.stringify(value)}, which is ${found}`)
  return fromClock(clockOf(dayOf(iso), iso, 5), scale)
}

function calendarHint(value: string): string {
  const what = `cannot read ${JSON.stringify(value)} as a time`
  if (/^-?\d+$/.test(value)) return `${what}; a number needs a decimal point, as in ${value}.0`
  if (/\d[T ]\d{1,2}$/i.test(value)) return `${what}; minutes are missing`
  if (/:\d.*(Z|[+-]\d\d:?\d\d)$/i.test(value)) return `${what}; a literal has no time zone, it is UTC unless /tai or /tt follows`
  return `${what}; expected a form such as 2021-09-09T03:00:00, 2021:252:03:00:00, mjd/59466.125/tai or unix/1631156400.0`
}

function dayOf(found: RegExpExecArray): number {
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if (month < 1 || month > 12) fail(`month ${month} is not within 1 and 12`)
  const last = dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayNumber(year, month, 1)
  if (day < 1 || day > last) fail(`day ${day} is not within 1 and ${last}, the days of that month`)
  return dayNumber(year, month, day)
}

/** Hour, minute, second and fraction stand in four groups from `at` on; digits beyond nanoseconds are dropped. */
function clockOf(day: number, found: RegExpExecArray, at: number): Clock {
  const [hour, minute, second] = [Number(found[at] ?? 0), Number(found[at + 1] ?? 0), Number(found[at + 2] ?? 0)]
  return { day, hour, minute, second, nanosecond: BigInt((found[at + 3] ?? '').padEnd(9, '0').slice(0, 9)) }
}

/** TAI nanoseconds of a time in a record: ISO 8601, TAI unless it names a zone; or `FORMAT/VALUE/SCALE`. Throws `time-format`. */
export function parseTime(text: string): bigint {
  if (text.includes('/')) return parseTimeLiteral(text)
  const found = RECORD.exec(text.trim())
  if (found === null)
    fail(`cannot read ${JSON.stringify(text)} as a time; expected ISO 8601 as in 2021-09-09T03:00:00 (TAI) or 2021-09-09T03:00:00Z (UTC)`)
  const zone = found[9]
  const clock = clockOf(dayOf(found), found, 5)
  if (zone === undefined) return fromClock(clock, 'tai')
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [zone, '+', '0', '0']
  return fromClock(clock, 'utc', (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)))
}

/** A value as ids, paths and bodies show it: a time in its text, all others as they are. */
export function shownValue(value: Value, type: ValueType): Value {
  return type === 'time' && typeof value === 'bigint' ? formatTime(value) : value
}

/** ISO 8601 in UTC with `Z` of TAI nanoseconds, as short as is exact; a leap second reads `23:59:60`. */
export function formatTime(tai: bigint): string {
  let i = LEAP_SECONDS.length - 1
  const start = (at: number): bigint => {
    const [day, seconds] = LEAP_SECONDS[at] as readonly [number, number]
    return BigInt(day) * DAY + BigInt(seconds) * SECOND
  }
  while (i > 0 && tai < start(i)) i--
  const utc = tai - BigInt((LEAP_SECONDS[i] as readonly [number, number])[1]) * SECOND
  const next = LEAP_SECONDS[i + 1]
  const leaping = next !== undefined && utc >= BigInt(next[0]) * DAY
  const shown = leaping ? utc - SECOND : utc
  const day = floorDivide(shown, DAY)
  const rest = shown - day * DAY
  const seconds = Number(rest / SECOND)
  const fraction =
    rest % SECOND === 0n
      ? ''
      : `.${String(rest % SECOND)
          .padStart(9, '0')
          .replace(/0+$/, '')}`
  const two = (n: number) => String(n).padStart(2, '0')
  const date = calendarDate(Number(day))
  const year =
    date.year >= 0 && date.year <= 9999
      ? String(date.year).padStart(4, '0')
      : `${date.year < 0 ? '-' : '+'}${String(Math.abs(date.year)).padStart(6, '0')}`
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two((seconds % 60) + (leaping ? 1 : 0))}`
  return `${year}-${two(date.month)}-${two(date.day)}T${clock}${fraction}Z`
}
