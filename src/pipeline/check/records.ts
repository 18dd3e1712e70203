/** Records that stand inline must hold the values that they are records of. */
import type { Pipeline } from '../../model/pipeline.ts'
import type { Reading } from '../reading.ts'

/** Wrong rows that are reported of one list; the others are likely wrong the same way. */
const MOST_REPORTED = 10

/** Reports inline rows that lack the value of a dimension. */
export function checkRecords(pipeline: Pipeline, { document, problems }: Reading): void {
  const check = (
    section: 'dimensions' | 'relations',
    name: string,
    rows: readonly unknown[],
    columns: readonly (readonly string[])[],
  ): void => {
    let reported = 0
    rows.forEach((row, index) => {
      const isRow = typeof row === 'object' && row !== null && !Array.isArray(row)
      const lacking = columns.find((names) => !isRow || !names.some((column) => Object.hasOwn(row, column)))
      if (lacking === undefined || reported++ >= MOST_REPORTED) return
      const message = isRow
        ? `this record has no ${lacking[0]}; expected a value of it`
        : `this record is no mapping; expected one with ${lacking[0]}`
      problems.error('record-value', document.at([section, name, 'records', index]), message)
    })
  }
  for (const { name, records, requires } of pipeline.dimensions) {
    if (records?.kind === 'inline') check('dimensions', name, records.rows, [[name, 'id', 'name'], ...requires.map((other) => [other])])
  }
  for (const { name, records, dimensions } of pipeline.relations) {
    if (records.kind === 'inline')
      check(
        'relations',
        name,
        records.rows,
        dimensions.map((dimension) => [dimension]),
      )
  }
}
