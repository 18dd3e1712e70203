/** What counts as a task's code, and its digest (contract.md, *Code*). */
import { canonicalJson, sha256 } from '../../model/canonical.ts'
import type { Source } from '../../model/catalogue.ts'
import type { Pipeline, Task } from '../../model/pipeline.ts'
import type { TaskIdentity } from '../../model/plan.ts'
import { commandFiles } from './command-files.ts'
import type { FunctionBody } from './language.ts'
import { filesOf, moduleAt } from './modules.ts'

/** The parts of a task's identity that come from its body. */
export type TaskCode = Pick<TaskIdentity, 'code' | 'codeParts' | 'environment'>

/**
 * Digests of everything that a task's body is: text and files, never time stamps, comments or layout of functions.
 *
 * {@link prepareCode} of modules.ts comes before.
 */
export function taskCode(task: Task, source: Source, pipeline: Pipeline): TaskCode {
  const { body } = task
  const parts = body.kind === 'command' ? commandParts(task, body.command, source, pipeline) : functionParts(task, body, source, pipeline)
  const codeParts = Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { code: sha256(canonicalJson([body.kind, codeParts])), codeParts, environment: {} }
}

function commandParts(task: Task, command: string | readonly string[], source: Source, pipeline: Pipeline): Record<string, string> {
  const files = task.files ?? commandFiles(command, source, pipeline)
  return { command: sha256(canonicalJson(command)), ...fileParts(files, source) }
}

function functionParts(task: Task, body: FunctionBody, source: Source, pipeline: Pipeline): Record<string, string> {
  const modules = filesOf(body, source).flatMap((path) => {
    const module = moduleAt(path, source)
    return module === undefined ? [] : [[path, module.digest]]
  })
  return {
    function: sha256(canonicalJson([body.function, formatsOf(task, pipeline)])),
    ...Object.fromEntries(modules),
    ...fileParts(task.files ?? [], source),
  }
}

/** How values reach a function and leave it. */
function formatsOf(task: Task, pipeline: Pipeline): Record<string, Record<string, string>> {
  const formats = new Map(pipeline.datasets.map((dataset) => [dataset.name, dataset.format]))
  const of = (connections: Task['inputs']): Record<string, string> =>
    Object.fromEntries(connections.map((connection) => [connection.name, formats.get(connection.dataset) ?? 'file']))
  return { inputs: of([...task.inputs, ...task.prerequisites]), outputs: of(task.outputs) }
}

function fileParts(paths: readonly string[], source: Source): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, source.digest(path) ?? 'absent']))
}
