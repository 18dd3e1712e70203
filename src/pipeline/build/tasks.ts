/** Tasks from their part of the file. */
import type { After, Body, Connection, Dimension, Resources, Retry, Task } from '../../model/pipeline.ts'
import { plainJson } from '../../model/plain-json.ts'
import { parseBytes, parseSeconds } from '../../model/units.ts'
import type { Json } from '../../model/value.ts'
import type { ConnectionFile, Named, TaskFile } from '../file.ts'
import { normalPath } from '../project-path.ts'
import type { Reading } from '../reading.ts'
import type { Path, YamlDocument } from '../yaml-document.ts'
import { closeDimensions } from './dimensions.ts'

/** Tasks in declaration order. */
export function buildTasks({ file, document }: Reading, dimensions: readonly Dimension[]): Task[] {
  return Object.entries(file.tasks ?? {}).map(([name, declared]) => {
    const path = ['tasks', name]
    return {
      name,
      description: declared.description,
      dimensions: closeDimensions(declared.dimensions ?? [], dimensions),
      inputs: buildConnections(declared.inputs, [...path, 'inputs'], document),
      prerequisites: buildConnections(declared.prerequisites, [...path, 'prerequisites'], document),
      outputs: buildConnections(declared.outputs, [...path, 'outputs'], document),
      config: plainJson(declared.config ?? {}) as Record<string, Json>,
      body: buildBody(declared, path, document),
      resources: buildResources(declared.resources ?? {}),
      retry: buildRetry(declared.retry),
      noWork: declared.noWork,
      files: declared.files?.map(normalPath),
      after: buildAfter(declared.after ?? [], [...path, 'after'], document),
      when: declared.when,
      at: document.at(path, 'key'),
    }
  })
}

function buildConnections(group: Named<string | ConnectionFile> | undefined, path: Path, document: YamlDocument): Connection[] {
  return Object.entries(group ?? {}).map(([name, declared]) => {
    const full: ConnectionFile = typeof declared === 'string' ? { dataset: declared } : declared
    return {
      name,
      dataset: full.dataset,
      minimum: full.optional === true ? 0 : (full.minimum ?? 1),
      step: { ...full.at },
      initial: full.initial,
      via: full.via,
      at: document.at([...path, name], 'key'),
    }
  })
}

function buildBody(task: TaskFile, path: Path, document: YamlDocument): Body {
  if (task.python !== undefined) {
    const [module = '', name = ''] = task.python.split(':')
    return { kind: 'python', module, function: name, at: document.at([...path, 'python']) }
  }
  if (task.typescript !== undefined) {
    const [module = '', name = ''] = task.typescript.split('#')
    return { kind: 'typescript', module: normalPath(module), function: name, at: document.at([...path, 'typescript']) }
  }
  // A task without a body is reported as such; an empty command stands in.
  // Arguments are what was written: 1.0 is not 1.
  const written = (item: unknown, index: number): string =>
    typeof item === 'string' ? item : (document.written([...path, 'command', index]) ?? String(item))
  const command = typeof task.command === 'object' ? task.command.map(written) : (task.command ?? '')
  return { kind: 'command', command, at: document.at([...path, 'command']) }
}

/** Resources with known names; every other name is a custom one. */
export const RESOURCES = ['cores', 'memory', 'gpus', 'disk', 'walltime', 'nodes', 'processes'] as const

function buildResources(asked: Named<string | number>): Resources {
  const count = (name: string, otherwise: number): number => Number(asked[name] ?? otherwise)
  const bytes = (name: string): number | undefined => (asked[name] === undefined ? undefined : parseBytes(asked[name]))
  const known = new Set<string>(RESOURCES)
  return {
    cores: count('cores', 1),
    memory: bytes('memory'),
    gpus: count('gpus', 0),
    disk: bytes('disk'),
    walltime: asked.walltime === undefined ? undefined : parseSeconds(asked.walltime),
    nodes: count('nodes', 1),
    processes: count('processes', 1),
    custom: Object.fromEntries(Object.entries(asked).flatMap(([name, value]) => (known.has(name) ? [] : [[name, Number(value)]]))),
  }
}

function buildRetry(declared: TaskFile['retry']): Retry {
  const full = typeof declared === 'object' ? declared : { limit: declared ?? 0 }
  return { limit: full.limit ?? 1, on: full.on ?? ['error', 'memory', 'walltime', 'infrastructure'], scale: full.scale ?? 2 }
}

function buildAfter(declared: NonNullable<TaskFile['after']>, path: Path, document: YamlDocument): After[] {
  return declared.map((item, index) => ({
    task: typeof item === 'string' ? item : item.task,
    via: typeof item === 'string' ? undefined : item.via,
    at: document.at([...path, index]),
  }))
}
