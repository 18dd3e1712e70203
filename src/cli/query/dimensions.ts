/** `heddle query dimensions`: the join over the named dimensions. */
import { HeddleError } from '../../model/errors.ts'
import { queryDimensions } from '../../plan/query.ts'
import type { PlanningOptions } from '../planning-options.ts'
import { namingFilesFromHere } from '../read-project.ts'
import type { Session } from '../session.ts'
import { valueJson } from '../value-json.ts'
import type { Row } from './rows.ts'

/** Rows of values, in data-ID order. */
export function* dimensionRows(
  session: Session,
  names: readonly string[],
  options: PlanningOptions & { readonly columns?: readonly string[] },
): Iterable<Row> {
  if (names.length === 0) {
    throw new HeddleError('usage', 'query dimensions takes at least one dimension', {
      hint: `the dimensions are ${session.pipeline.dimensions.map(({ name }) => name).join(', ') || 'none'}`,
    })
  }
  const found = namingFilesFromHere(session.place, () =>
    queryDimensions({
      pipeline: session.pipeline,
      catalogue: session.catalogue,
      names,
      where: options.where,
      ...(options.bind === undefined ? {} : { binds: options.bind }),
      ...(options.columns === undefined ? {} : { columns: options.columns }),
    }),
  )
  for (const row of found.rows) yield Object.fromEntries(found.columns.map(({ name, type }, i) => [name, valueJson(row[i] ?? null, type)]))
}
