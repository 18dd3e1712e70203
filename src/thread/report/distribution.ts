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
  /** Counts in ranges of equal length (or ratio) from the least value to the most. */
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
  const bins = Array.from({ length: BINS }, () => 0)
  for (const value of sorted) {
    const bin = binOf({ least, most, scale }, value)
    bins[bin] = (bins[bin] as number) + 1
  }
  const total = sorted.reduce((sum, value) => sum + value, 0)
  return { count, least, median: at(0.5), high: at(0.95), most, total, scale, bins }
}

/** The bin that a value belongs to. */
export function binOf({ least, most, scale }: Pick<Distribution, 'least' | 'most' | 'scale'>, value: number): number {
  if (least === most) return BINS >> 1
  const [low, here, high] = scale === 'log' ? [Math.log(least), Math.log(value), Math.log(most)] : [least, value, most]
  const place = (here - low) / (high - low)
  return Math.min(BINS - 1, Math.floor(place * BINS))
}
