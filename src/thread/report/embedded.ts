/** The bars of the timeline and what names them, packed for the page's script. */
import { deflateRawSync } from 'node:zlib'
import { blockOf } from '../../model/graph.ts'
import { quoteIdValue } from '../../model/ids.ts'
import { shownValue } from '../../model/time.ts'
import { valueText } from '../../model/value.ts'
import { ENDINGS } from './attempts.ts'
import type { ReportData } from './data.ts'

/** Most bars that a page holds. */
export const MOST_BARS = 250_000

/** What the script reads: names as JSON, and columns as one compressed block. */
export interface Embedded {
  readonly about: {
    /** Seconds of one unit of time in the columns. */
    readonly unit: number
    readonly seconds: number
    readonly slots: readonly number[]
    readonly endings: readonly string[]
    readonly tasks: readonly { readonly name: string; readonly first: number; readonly dimensions: readonly number[] }[]
    readonly dimensions: readonly { readonly name: string; readonly values: readonly string[] }[]
    /** Columns of the block: name, kind of array, items. */
    readonly columns: readonly (readonly [name: string, kind: string, length: number])[]
  }
  /** Base64 of the columns one after the other, deflated. */
  readonly block: string
  /** Bars that are left out as there are too many: the shortest. */
  readonly leftOut: number
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array

/** Packs the timeline; bars stand by slot and time. */
export function embedTimeline({ graph, attempts, run }: ReportData): Embedded {
  const { bars, leftOut } = barsOf(attempts)
  const seconds = Math.max(0.001, (run.ended - run.started) / 1000, ...lastEnd(attempts, bars))
  const unit = Math.max(1e-6, seconds / 0xffff_0000)
  const column = (of: (n: number) => number): Uint32Array => Uint32Array.from(bars, of)
  const inUnits = (value: number): number => Math.min(0xffff_ffff, Math.max(0, Math.round(value / unit)))
  const columns: [string, Column][] = [
    ['start', column((n) => inUnits(attempts.start[n] as number))],
    ['length', column((n) => inUnits(attempts.wallSeconds[n] as number))],
    ['quantum', column((n) => attempts.q[n] as number)],
    ['attempt', Uint16Array.from(bars, (n) => attempts.attempt[n] as number)],
    ['slot', Uint16Array.from(bars, (n) => attempts.slot[n] as number)],
    ['task', Uint16Array.from(bars, (n) => graph.tasks.indexOf(blockOf(graph.tasks, attempts.q[n] as number)))],
    ['ending', Uint8Array.from(bars, (n) => attempts.ending[n] as number)],
  ]
  graph.tasks.forEach(({ columns: ids }, t) => {
    ids.forEach((values, k) => columns.push([`id-${t}-${k}`, values]))
  })
  const used = new Set(graph.tasks.flatMap(({ dimensions }) => dimensions))
  return {
    about: {
      unit,
      seconds,
      slots: [...new Set(bars.map((n) => attempts.slot[n] as number))].sort((a, b) => a - b),
      endings: ENDINGS,
      tasks: graph.tasks.map(({ task, first, dimensions }) => ({ name: task, first, dimensions })),
      dimensions: graph.dimensions.map(({ name, type, values }, d) => ({
        name,
        values: used.has(d) ? values.map((value) => quoteIdValue(valueText(shownValue(value, type)))) : [],
      })),
      columns: columns.map(([name, array]) => [name, array.constructor.name, array.length]),
    },
    block: pack(columns.map(([, array]) => array)),
    leftOut,
  }
}

function barsOf(attempts: ReportData['attempts']): { bars: number[]; leftOut: number } {
  const { slot, start, wallSeconds } = attempts
  const all = Array.from({ length: attempts.count }, (_, n) => n).filter((n) => !Number.isNaN(start[n]))
  const kept =
    all.length <= MOST_BARS ? all : all.sort((a, b) => (wallSeconds[b] as number) - (wallSeconds[a] as number)).slice(0, MOST_BARS)
  const bars = kept.sort((a, b) => (slot[a] as number) - (slot[b] as number) || (start[a] as number) - (start[b] as number))
  return { bars, leftOut: all.length - bars.length }
}

function lastEnd({ start, wallSeconds }: ReportData['attempts'], bars: readonly number[]): number[] {
  let last = 0
  for (const n of bars) last = Math.max(last, (start[n] as number) + (wallSeconds[n] as number))
  return [last]
}

/** Columns begin at multiples of four bytes, so that the script can read them in place. */
function pack(columns: readonly Column[]): string {
  const padded = columns.map(({ byteLength }) => Math.ceil(byteLength / 4) * 4)
  const bytes = new Uint8Array(padded.reduce((sum, length) => sum + length, 0))
  let at = 0
  columns.forEach((array, i) => {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += padded[i] as number
  })
  return deflateRawSync(bytes, { level: 9 }).toString('base64')
}
