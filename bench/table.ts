/** One table for all measures: what the work is, our figure, the other's, and the ratio between them. */
import { formatBytes } from '../src/model/units.ts'

/** A line of the table. */
export interface Line {
  /** Exactly which work, with its size. */
  readonly work: string
  readonly ours: string
  /** The peer or floor measured in the same run. */
  readonly beside: string
  /** How many times better ours is than the other, where there is another. */
  readonly ratio: string
  readonly target: string
}

/** Prints lines as a table. */
export function printTable(lines: readonly Line[]): void {
  const head: Line = { work: 'work', ours: 'Heddle', beside: 'beside', ratio: 'ratio', target: 'to reach' }
  const keys = ['work', 'ours', 'beside', 'ratio', 'target'] as const
  const widths = keys.map((key) => Math.max(...[head, ...lines].map((line) => line[key].length)))
  for (const line of [head, ...lines])
    process.stdout.write(
      `${keys
        .map((key, k) => line[key].padEnd(widths[k] as number))
        .join('   ')
        .trimEnd()}\n`,
    )
}

/** `1.23 s`. */
export function inSeconds(seconds: number): string {
  return `${seconds.toFixed(2)} s`
}

/** `12,300/s`. */
export function aSecond(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString('en')}/s`
}

/** `× 1.52`. */
export function times(ratio: number): string {
  return `× ${ratio.toFixed(2)}`
}

export { formatBytes as inBytes }
