/** Resources: quantities with units, and names that look like others. */
import { nearest } from '../../model/nearest.ts'
import type { Pipeline } from '../../model/pipeline.ts'
import { parseBytes, parseSeconds } from '../../model/units.ts'
import { RESOURCES } from '../build/tasks.ts'
import type { Reading } from '../reading.ts'

const QUANTITIES = {
  memory: { parse: parseBytes, expected: 'a size such as 500MiB, 2GB or 1000000' },
  disk: { parse: parseBytes, expected: 'a size such as 10GiB, 2TB or 1000000' },
  walltime: { parse: parseSeconds, expected: 'a duration such as 5min, 1h30min, 01:30:00 or 90' },
}

/** Reports sizes and durations that are none, and custom resources that look like misspelt ones. */
export function checkResources(pipeline: Pipeline, { file, document, problems }: Reading): void {
  for (const { name } of pipeline.tasks) {
    for (const [resource, asked] of Object.entries(file.tasks?.[name]?.resources ?? {})) {
      const path = ['tasks', name, 'resources', resource]
      const quantity = Object.hasOwn(QUANTITIES, resource) ? QUANTITIES[resource as keyof typeof QUANTITIES] : undefined
      const value = quantity?.parse(asked)
      if (quantity !== undefined && (value === undefined || (resource === 'walltime' && value === 0))) {
        problems.error('quantity', document.at(path), `${JSON.stringify(asked)} is no ${resource}; expected ${quantity.expected}`)
      }
      const similar = (RESOURCES as readonly string[]).includes(resource) ? undefined : nearest(resource, RESOURCES)
      if (similar !== undefined)
        problems.warning(
          'resource-name',
          document.at(path, 'key'),
          `${resource} counts as a custom resource; did you mean ${JSON.stringify(similar)}?`,
        )
    }
  }
}
