/** Every name that refers to something must be declared. */
import type { Pipeline } from '../../model/pipeline.ts'
import { checkName, type Reading, type Section } from '../reading.ts'
import type { Path } from '../yaml-document.ts'

/** Reports names of dimensions, relations, datasets and tasks that the file does not declare. */
export function checkNames(pipeline: Pipeline, reading: Reading): void {
  const one = (section: Section, name: string | undefined, path: Path): void => {
    if (name !== undefined) checkName(reading, section, name, path)
  }
  const each = (section: Section, names: readonly string[] | undefined, path: Path): void =>
    names?.forEach((name, index) => one(section, name, [...path, index]))

  for (const dimension of pipeline.dimensions) {
    each('dimensions', dimension.requires, ['dimensions', dimension.name, 'requires'])
    each('dimensions', dimension.implies, ['dimensions', dimension.name, 'implies'])
  }
  for (const relation of pipeline.relations) each('dimensions', relation.dimensions, ['relations', relation.name, 'dimensions'])
  for (const [name, dataset] of Object.entries(reading.file.datasets ?? {})) {
    if (typeof dataset === 'object') each('dimensions', dataset?.dimensions, ['datasets', name, 'dimensions'])
  }
  for (const task of pipeline.tasks) {
    const path = ['tasks', task.name]
    each('dimensions', reading.file.tasks?.[task.name]?.dimensions, [...path, 'dimensions'])
    for (const group of ['inputs', 'prerequisites', 'outputs'] as const) {
      for (const connection of task[group]) {
        const at = [...path, group, connection.name]
        one('datasets', connection.dataset, [...at, 'dataset'])
        one('datasets', connection.initial, [...at, 'initial'])
        one('relations', connection.via, [...at, 'via'])
        for (const dimension of Object.keys(connection.step)) one('dimensions', dimension, [...at, 'at', dimension])
      }
    }
    task.after.forEach((after, index) => {
      one('tasks', after.task, [...path, 'after', index, 'task'])
      one('relations', after.via, [...path, 'after', index, 'via'])
    })
  }
}
