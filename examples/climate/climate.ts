/** From the years of a station to its climate, and from stations to how they differ. Plain functions of plain values. */

/** A day as `clean.awk` writes it; csv fields are text. */
export interface Day {
  readonly date: string
  readonly rain_mm: string
  readonly high_c: string
  readonly low_c: string
  readonly mean_c: string
}

/** What `climate.py` says about one year. */
export interface Year {
  readonly station: string
  readonly year: number
  readonly days: number
  readonly mean_c: number
  readonly hottest: { readonly date: string; readonly high_c: number }
  readonly coldest: { readonly date: string; readonly low_c: number }
  readonly frost_nights: number
  readonly rain_mm: number
  readonly wet_days: number
  readonly longest_dry_spell: number
  readonly longest_wet_spell: number
}

/** What a year is like at a station. */
export interface Climate {
  readonly station: string
  readonly years: readonly number[]
  readonly mean_c: number
  readonly hottest: Year['hottest']
  readonly coldest: Year['coldest']
  readonly frost_nights: number
  readonly rain_mm: number
  readonly wet_days: number
  readonly mm_per_wet_day: number
  readonly longest_dry_spell: number
  readonly longest_wet_spell: number
}

/** What each day of the calendar is like at a station: 366 days from 1 January, 12 months of rain. */
export interface Calendar {
  readonly station: string
  readonly window_days: number
  readonly highest_c: readonly number[]
  readonly high_c: readonly number[]
  readonly mean_c: readonly number[]
  readonly low_c: readonly number[]
  readonly lowest_c: readonly number[]
  /** Rain of each month, in mm: one list of twelve a year. */
  readonly rain_mm: readonly (readonly number[])[]
}

/** Years to climate: means of what adds up, extremes of what does not. */
export function combine({ yearly, dataId }: { yearly: readonly Year[]; dataId: { station: string } }): Climate {
  const mean = (pick: (year: Year) => number): number => average(yearly.map(pick))
  const wetDays = mean((year) => year.wet_days)
  const rain = mean((year) => year.rain_mm)
  return {
    station: dataId.station,
    years: yearly.map((year) => year.year),
    mean_c: round(
      mean((year) => year.mean_c),
      2,
    ),
    hottest: yearly.map((year) => year.hottest).reduce((a, b) => (b.high_c > a.high_c ? b : a)),
    coldest: yearly.map((year) => year.coldest).reduce((a, b) => (b.low_c < a.low_c ? b : a)),
    frost_nights: round(
      mean((year) => year.frost_nights),
      1,
    ),
    rain_mm: round(rain, 1),
    wet_days: round(wetDays, 1),
    mm_per_wet_day: wetDays === 0 ? 0 : round(rain / wetDays, 2),
    longest_dry_spell: Math.max(...yearly.map((year) => year.longest_dry_spell)),
    longest_wet_spell: Math.max(...yearly.map((year) => year.longest_wet_spell)),
  }
}

/** Days of all years to the calendar: extremes of each day, means over a window around it. */
export function calendar({
  clean,
  smooth_days,
  dataId,
}: {
  clean: readonly (readonly Day[])[]
  smooth_days: number
  dataId: { station: string }
}): Calendar {
  const days: Day[][] = Array.from({ length: 366 }, () => [])
  for (const day of clean.flat()) days[dayOfCalendar(day.date)]?.push(day)
  // 29 February may be missing: its neighbours stand in.
  const around = (centre: number, reach: number): Day[] => {
    const found: Day[] = []
    for (let day = centre - reach; day <= centre + reach; day++) found.push(...(days[(day + 366) % 366] ?? []))
    return found
  }
  const ofDay = (centre: number): Day[] => (days[centre]?.length ? days[centre] : around(centre, 1))
  const smooth = (pick: (day: Day) => string): number[] =>
    days.map((_, centre) => round(average(around(centre, Math.floor(smooth_days / 2)).map((day) => Number(pick(day)))), 2))
  return {
    station: dataId.station,
    window_days: smooth_days,
    highest_c: days.map((_, centre) => Math.max(...ofDay(centre).map((day) => Number(day.high_c)))),
    high_c: smooth((day) => day.high_c),
    mean_c: smooth((day) => day.mean_c),
    low_c: smooth((day) => day.low_c),
    lowest_c: days.map((_, centre) => Math.min(...ofDay(centre).map((day) => Number(day.low_c)))),
    rain_mm: clean.map((year) => {
      const months = new Array<number>(12).fill(0)
      for (const day of year) months[month(day.date)] = round((months[month(day.date)] ?? 0) + Number(day.rain_mm), 1)
      return months
    }),
  }
}

/** The stations beside each other, and the range of each quantity. */
export function compare({ climate }: { climate: readonly Climate[] }) {
  const quantities = ['mean_c', 'frost_nights', 'rain_mm', 'wet_days', 'mm_per_wet_day', 'longest_dry_spell', 'longest_wet_spell'] as const
  return Object.fromEntries(
    quantities.map((name) => {
      const values = climate.map((station) => station[name])
      return [
        name,
        {
          stations: Object.fromEntries(climate.map((station) => [station.station, station[name]])),
          most: climate[values.indexOf(Math.max(...values))]?.station,
          range: round(Math.max(...values) - Math.min(...values), 2),
        },
      ]
    }),
  )
}

/** Place of a date in a calendar of 366 days, from 0. */
function dayOfCalendar(date: string): number {
  return (Date.parse(`2012-${date.slice(5)}`) - Date.parse('2012-01-01')) / 86_400_000
}

function month(date: string): number {
  return Number(date.slice(5, 7)) - 1
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
