/** Where datasets with a `path:` lie in the project folder. */
import type { DataId } from '../model/ids.ts'
import { datasetPath } from '../repository/templates/dataset-path.ts'
import type { Session } from './session.ts'

/** Path of a dataset below the project folder; undefined when its type has none. */
export function datasetPaths({ pipeline, catalogue }: Session): (type: string, dataId: DataId) => string | undefined {
  const makers = new Map<string, ((dataId: DataId) => string) | undefined>()
  return (name, dataId) => {
    if (!makers.has(name)) {
      const type = pipeline.datasets.find((candidate) => candidate.name === name)
      makers.set(name, type?.path === undefined ? undefined : datasetPath(pipeline, type, (dimension) => catalogue.dimension(dimension)))
    }
    return makers.get(name)?.(dataId)
  }
}
