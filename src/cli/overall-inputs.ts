/** Overall inputs by their data IDs. */
import { type DataId, formatId } from '../model/ids.ts'
import { shownValue } from '../model/time.ts'
import type { Session } from './session.ts'

/** What is known of an overall input that exists. */
export interface OverallInput {
  /** Bytes. */
  readonly size: number
  /** Below the project folder, or absolute. */
  readonly path: string | undefined
}

/** Looks overall inputs up; each dataset type is read once. */
export function overallInputs({ catalogue }: Session): (type: string, dataId: DataId) => OverallInput | undefined {
  const byType = new Map<string, ReadonlyMap<string, OverallInput>>()
  return (type, dataId) => {
    let known = byType.get(type)
    if (known === undefined) {
      const existing = catalogue.existing(type)
      const { table, sizes } = existing
      const ids = Array.from({ length: table.rows }, (_, row) =>
        formatId(type, Object.fromEntries(table.columns.map(({ name, type: is, values }) => [name, shownValue(values[row] ?? null, is)]))),
      )
      known = new Map(ids.map((id, row) => [id, { size: sizes[row] as number, path: existing.path(row) }]))
      byType.set(type, known)
    }
    return known.get(formatId(type, dataId))
  }
}
