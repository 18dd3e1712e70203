/** Dataset types from their part of the file. */
import type { DatasetType, Dimension, FormatName } from '../../model/pipeline.ts'
import type { DatasetFile } from '../file.ts'
import { normalPath } from '../project-path.ts'
import type { Reading } from '../reading.ts'
import { closeDimensions } from './dimensions.ts'

const BY_EXTENSION: Readonly<Record<string, FormatName>> = {
  json: 'json',
  geojson: 'json',
  csv: 'csv',
  txt: 'text',
  text: 'text',
  md: 'text',
  log: 'text',
  svg: 'text',
  html: 'text',
  bin: 'bytes',
  dat: 'bytes',
}

/** Dataset types in declaration order. */
export function buildDatasets({ file, document }: Reading, dimensions: readonly Dimension[]): DatasetType[] {
  return Object.entries(file.datasets ?? {}).map(([name, declared]) => {
    const full: DatasetFile = typeof declared === 'string' ? { path: declared } : (declared ?? {})
    return {
      name,
      dimensions: closeDimensions(full.dimensions ?? [], dimensions),
      format: full.format ?? formatOf(full.path),
      path: full.path === undefined ? undefined : normalPath(full.path),
      sparse: full.sparse === undefined ? undefined : String(full.sparse),
      description: full.description,
      at: document.at(['datasets', name], 'key'),
    }
  })
}

/** The format of a dataset that states none: json without a path, else by the path's ending. */
export function formatOf(path: string | undefined): FormatName {
  if (path === undefined) return 'json'
  if (path.endsWith('/')) return 'directory'
  const extension = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return BY_EXTENSION[extension] ?? 'file'
}
