/** How values of many attempts spread: a few numbers and a histogram. */

/** A distribution. */
export interface Distribution {
  readonly count: number
  readonly least: number
  readonly median: number
  /** 95 of 100 are no higher. */
  readonly high: number
  readonly most: number
  readonly total: number
  /** `log`: bins grow by a factor, as the values span so much. */
  readonly scale: 'linear' | 'log'
  /** Where the first bin begins and the last one ends. */
  readonly from: number
  readonly to: number
  readonly bins: readonly number[]
}

const BINS = 30
/** From this ratio of the highest to the lowest value on, bins grow by a factor. */
const WIDE = 30

/** The distribution of the values that are numbers; undefined when there are none. */
export function distributionOf(values: Iterable<number>): Distribution | undefined {
  const sorted = Float64Array.from([...values].filter((value) => !Number.isNaN(value))).sort()
  const count = sorted.length
  if (count === 0) return undefined
  const at = (share: number): number => sorted[Math.min(count - 1, Math.floor(share * count))] as number
  const [least, most] = [at(0), at(1)]
  const scale = least > 0 && most / least > WIDE ? 'log' : 'linear'
  const project = scale === 'log' ? Math.log : (value: number): number => value
  const [low, top] = [project(least), project(most)]
  const bins = Array.from({ length: BINS }, () => 0)
  for (const value of sorted) {
    const bin = top === low ? BINS >> 1 : Math.min(BINS - 1, Math.floor(((project(value) - low) / (top - low)) * BINS))
    bins[bin] = (bins[bin] as number) + 1
  }
  return {
    count,
    least,
    median: at(0.5),
    high: at(0.95),
    most,
    total: sorted.reduce((sum, value) => sum + value, 0),
    scale,
    from: least,
    to: most,
    bins,
  }
}

/** Where a value stands between the ends of a distribution, 0 … 1. */
export function placeIn({ scale, from, to }: Distribution, value: number): number {
  if (from === to) return 0.5
  return scale === 'log' ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from)
}
