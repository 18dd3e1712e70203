/** Functions that bodies name must exist; found by parsing, never by importing. */
import type { Source } from '../../model/catalogue.ts'
import type { Problem } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Pipeline, Task } from '../../model/pipeline.ts'
import { ProblemList } from '../problem-list.ts'
import { moduleAt, moduleFile, moduleHas } from './modules.ts'

/** Whether the function of a task's body exists, as far as reading can tell. */
export function functionExists(task: Task, source: Source): 'yes' | 'no' | 'unknown' {
  const { body } = task
  return body.kind === 'command' ? 'yes' : moduleHas(body.kind, moduleFile(body, source), body.function, source)
}

/** Reports functions and modules that do not exist, and functions that want what this version does not give. {@link prepareCode} of modules.ts comes before. */
export function checkFunctions(pipeline: Pipeline, source: Source): readonly Problem[] {
  const problems = new ProblemList()
  for (const task of pipeline.tasks) {
    const { body } = task
    if (body.kind === 'command') continue
    const path = moduleFile(body, source)
    const module = moduleAt(path, source)
    if (module?.wantContext.includes(body.function) === true && !givesContext(task)) {
      problems.error(
        'not-yet',
        body.at,
        `${body.function} wants the argument context, which is known to Heddle’s design but not to this version; expected it with a default, or not at all`,
      )
    }
    if (functionExists(task, source) !== 'no') continue
    if (module === undefined) {
      const dotted = body.kind === 'python' ? /^(.+)\.py$/.exec(body.module)?.[1] : undefined
      const expected = dotted === undefined ? `expected it at ${path}` : `write ${dotted}:${body.function}, without .py`
      problems.error('function-missing', body.at, `there is no module ${body.module}; ${expected}`)
    } else {
      const what = body.kind === 'python' ? 'defines no' : 'exports no'
      const expected = module.names.length === 0 ? 'it has no functions' : `expected one of ${module.names.slice(0, 12).join(', ')}`
      problems.error(
        'function-missing',
        body.at,
        `${path} ${what} ${JSON.stringify(body.function)}; ${expected}${didYouMean(body.function, module.names)}`,
      )
    }
  }
  return problems.sorted()
}

/** Whether something of the task's own has this name. */
function givesContext(task: Task): boolean {
  return [...task.inputs, ...task.prerequisites].some(({ name }) => name === 'context') || Object.hasOwn(task.config, 'context')
}
