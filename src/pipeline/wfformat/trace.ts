/** A workflow trace in WfFormat, read and checked: tasks, files, and who waits for whom. */
import { didYouMean } from '../../model/nearest.ts'
import { objectTo, Place, parsePlaced } from './place.ts'

/** A task of a trace: its specification, and what its execution recorded. Seconds and bytes. */
export interface TraceTask {
  readonly id: string
  readonly name: string
  /** Ids of files. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  /** Ids of tasks that come before this one. */
  readonly parents: readonly string[]
  readonly runtimeSeconds: number
  readonly cores: number | undefined
  readonly memoryBytes: number | undefined
  /** The recorded command: data that is never run. */
  readonly program: string | undefined
  readonly arguments: readonly string[]
}

/** A trace. */
export interface Trace {
  readonly name: string
  readonly version: string
  readonly tasks: readonly TraceTask[]
  /** Bytes of each file, by its id. */
  readonly files: ReadonlyMap<string, number>
}

const VERSIONS = ['1.4', '1.5', '1.6']

/** Reads a trace. Throws `wfformat`, naming the place that is not as WfFormat 1.5 has it. */
export function readTrace(text: string): Trace {
  const root = parsePlaced(text)
  const version = readVersion(root)
  const workflow = root.get('workflow')
  const specification = workflow.get('specification')
  if (!specification.exists) refuseOldLayout(workflow, version)
  const files = readFiles(specification.get('files'))
  const declared = specification.get('tasks').items()
  const executions = readExecutions(workflow.get('execution'))
  const ids = readIds(declared)
  for (const [id, at] of executions)
    if (!ids.has(id)) objectTo(at.path, `the specification has no task ${JSON.stringify(id)}${didYouMean(id, ids.keys())}`)
  const parents = readParents(declared, ids)
  const tasks = declared.map((task): TraceTask => {
    const id = task.get('id').text()
    return {
      id,
      name: task.get('name').exists ? task.get('name').text() : id,
      reads: readFileIds(task.get('inputFiles'), files),
      writes: readFileIds(task.get('outputFiles'), files),
      parents: [...(parents.get(id) ?? [])],
      ...readExecution(executions.get(id)),
    }
  })
  return { name: root.get('name').exists ? root.get('name').text() : 'workflow', version, tasks, files }
}

function readVersion(root: Place): string {
  if (!root.get('workflow').exists) objectTo('', 'it has no `workflow`; expected a workflow trace in WfFormat 1.5')
  const place = root.get('schemaVersion')
  const version = place.exists ? String(place.value) : '1.5'
  if (!VERSIONS.some((known) => version === known || version.startsWith(`${known}.`))) {
    objectTo(place.path, `WfFormat ${version} is not known here; expected 1.5 (1.4 and 1.6 are read where they are laid out like it)`)
  }
  return version
}

function refuseOldLayout(workflow: Place, version: string): never {
  const old = ['tasks', 'jobs'].find((key) => workflow.get(key).exists)
  if (old === undefined) objectTo(`${workflow.path}.specification`, 'expected an object, found nothing')
  objectTo(
    `${workflow.path}.${old}`,
    `this is how WfFormat before 1.5 lays a workflow out (it says ${version}); expected workflow.specification and workflow.execution`,
    'the WfInstances collection publishes its traces in WfFormat 1.5; the wfcommons package converts others',
  )
}

function readFiles(place: Place): Map<string, number> {
  const files = new Map<string, number>()
  for (const file of place.optionalItems()) {
    const id = file.get('id').text()
    if (files.has(id)) objectTo(`${file.path}.id`, `there are two files ${JSON.stringify(id)}`)
    files.set(id, Math.round(file.get('sizeInBytes').amount(0)))
  }
  return files
}

function readIds(tasks: readonly Place[]): Map<string, string> {
  const ids = new Map<string, string>()
  for (const task of tasks) {
    const id = task.get('id').text()
    const before = ids.get(id)
    if (before !== undefined) objectTo(`${task.path}.id`, `${before} has the id ${JSON.stringify(id)} too`)
    ids.set(id, task.path)
  }
  return ids
}

/** What `parents` and `children` say together, by child; each pair once. */
function readParents(tasks: readonly Place[], ids: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const parents = new Map<string, Set<string>>([...ids.keys()].map((id) => [id, new Set()]))
  const known = (place: Place): string => {
    const id = place.text()
    return ids.has(id) ? id : objectTo(place.path, `there is no task ${JSON.stringify(id)}${didYouMean(id, ids.keys())}`)
  }
  for (const task of tasks) {
    const id = task.get('id').text()
    for (const parent of task.get('parents').optionalItems()) parents.get(id)?.add(known(parent))
    for (const child of task.get('children').optionalItems()) parents.get(known(child))?.add(id)
  }
  return parents
}

function readFileIds(place: Place, files: ReadonlyMap<string, number>): string[] {
  const ids = place.optionalItems().map((item) => {
    const id = item.text()
    return files.has(id)
      ? id
      : objectTo(item.path, `workflow.specification.files has no ${JSON.stringify(id)}${didYouMean(id, files.keys())}`)
  })
  return [...new Set(ids)]
}

function readExecutions(execution: Place): Map<string, Place> {
  const found = new Map<string, Place>()
  if (!execution.exists) return found
  for (const task of execution.get('tasks').optionalItems()) {
    const id = task.get('id').text()
    if (found.has(id)) objectTo(`${task.path}.id`, `the execution of ${JSON.stringify(id)} stands here a second time`)
    found.set(id, task)
  }
  return found
}

function readExecution(place: Place | undefined): Pick<TraceTask, 'runtimeSeconds' | 'cores' | 'memoryBytes' | 'program' | 'arguments'> {
  const task = place ?? new Place({}, '')
  const command = task.get('command').exists ? task.get('command') : new Place({}, '')
  const optional = (key: string, as = (amount: number) => amount): number | undefined =>
    task.get(key).exists ? as(task.get(key).amount(0)) : undefined
  return {
    runtimeSeconds: task.get('runtimeInSeconds').amount(0),
    cores: optional('coreCount'),
    memoryBytes: optional('memoryInBytes', Math.round),
    program: command.get('program').exists ? String(command.get('program').value) : undefined,
    arguments: command
      .get('arguments')
      .optionalItems()
      .map(({ value }) => String(value)),
  }
}
