/** Where a dataset stands in the project folder, by its data ID. */
import type { Column, Table } from '../../model/catalogue.ts'
import { HeddleError } from '../../model/errors.ts'
import type { DataId } from '../../model/ids.ts'
import type { DatasetType, Pipeline } from '../../model/pipeline.ts'
import { shownValue } from '../../model/time.ts'
import { type Value, valueText } from '../../model/value.ts'
import { withRequired } from '../data-id-columns.ts'
import { expandTemplate, parseTemplate, type TemplateField } from './template.ts'

/** The path of a dataset below the project folder. Throws `path-value` for a value that cannot stand in a path. */
export type DatasetPath = (dataId: DataId) => string

/** Makes the function from data IDs of a dataset type with a `path:` to paths; metadata is looked up in the dimensions' records. */
export function datasetPath(pipeline: Pipeline, type: DatasetType, dimensionTable: (name: string) => Table | undefined): DatasetPath {
  const template = parseTemplate(type.path as string)
  const values = template.fields.map((field) =>
    field.metadata === undefined ? (dataId: DataId) => dataId[field.dimension] ?? null : metadataOf(pipeline, field, dimensionTable),
  )
  return (dataId) =>
    expandTemplate(
      template,
      values.map((value) => value(dataId)),
    )
}

function metadataOf(
  pipeline: Pipeline,
  field: TemplateField,
  dimensionTable: (name: string) => Table | undefined,
): (dataId: DataId) => Value {
  const records = dimensionTable(field.dimension)
  const column = (name: string) => records?.columns.find((candidate) => candidate.name === name)
  const metadata = column(field.metadata as string)
  if (metadata === undefined) {
    throw new HeddleError('path-placeholder', `{${field.text}} names metadata that the records of ${field.dimension} do not have`)
  }
  const keys = withRequired(pipeline, [field.dimension]).map((name) => column(name) as Column)
  const rows = new Map<string, number>()
  metadata.values.forEach((_, row) => rows.set(keys.map((key) => quoted(shownValue(key.values[row] ?? null, key.type))).join(), row))
  return (dataId) => {
    const row = rows.get(keys.map((key) => quoted(dataId[key.name] ?? null)).join())
    return row === undefined ? null : shownValue(metadata.values[row] ?? null, metadata.type)
  }
}

function quoted(value: Value): string {
  return JSON.stringify(valueText(value))
}
