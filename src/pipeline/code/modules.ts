/** The modules of a project, each read once, and what a function brings with it. */
import type { Source } from '../../model/catalogue.ts'
import { HeddleError } from '../../model/errors.ts'
import type { Body, Pipeline } from '../../model/pipeline.ts'
import type { Language, Module } from './language.ts'

/** A body that is a function. */
export type FunctionBody = Exclude<Body, { kind: 'command' }>

const languages = new Map<FunctionBody['kind'], Language>()
const read = new WeakMap<Source, Map<string, Module | undefined>>()

/** Loads the parsers of the languages that a pipeline's functions are written in, and no others. */
export async function prepareCode(pipeline: Pipeline): Promise<void> {
  const kinds = new Set(pipeline.tasks.map((task) => task.body.kind))
  if (kinds.has('python')) languages.set('python', (await import('./python.ts')).python)
  if (kinds.has('typescript')) languages.set('typescript', (await import('./typescript.ts')).typescript)
}

function languageOf(kind: FunctionBody['kind']): Language {
  const language = languages.get(kind)
  if (language === undefined) throw new Error(`the parser of ${kind} was not loaded: prepareCode comes before any question about code`)
  return language
}

/** The file of a function's module, whether it is there or not: for Python the one that would be it. */
export function moduleFile(body: FunctionBody, source: Source): string {
  if (body.kind === 'typescript') return body.module
  const path = body.module.replaceAll('.', '/')
  return source.kind(`${path}/__init__.py`) === 'file' ? `${path}/__init__.py` : `${path}.py`
}

/** A module by its file, or undefined when there is no such text. */
export function readModule(kind: FunctionBody['kind'], path: string, source: Source): Module | undefined {
  let modules = read.get(source)
  if (modules === undefined) read.set(source, (modules = new Map()))
  if (!modules.has(path)) {
    const text = readText(path, source)
    modules.set(path, text === undefined ? undefined : languageOf(kind).parse(text, path))
  }
  return modules.get(path)
}

function readText(path: string, source: Source): string | undefined {
  try {
    return source.kind(path) === 'file' ? source.read(path) : undefined
  } catch (error) {
    if (error instanceof HeddleError) return undefined
    throw error
  }
}

/** Files of the project that a function's module brings in, itself first, each once. */
export function filesOf(body: FunctionBody, source: Source): string[] {
  const language = languageOf(body.kind)
  const start = moduleFile(body, source)
  const files = new Set(body.kind === 'python' ? [start, ...language.resolve(body.module, '', source)] : [start])
  // A set may grow while it is walked.
  for (const file of files) {
    for (const request of readModule(body.kind, file, source)?.imports ?? []) {
      for (const found of language.resolve(request, file, source)) files.add(found)
    }
  }
  return [...files]
}

/** Whether a module has a name: yes, no, or not to be known without running it. */
export function moduleHas(
  kind: FunctionBody['kind'],
  path: string,
  name: string,
  source: Source,
  seen = new Set<string>(),
): 'yes' | 'no' | 'unknown' {
  const module = readModule(kind, path, source)
  if (module === undefined) return 'no'
  if (module.names.has(name)) return 'yes'
  if (!module.complete) return 'unknown'
  seen.add(path)
  for (const request of module.passesOn) {
    const file = languageOf(kind).resolve(request, path, source).at(-1)
    if (file === undefined) return 'unknown'
    const answer = seen.has(file) ? 'no' : moduleHas(kind, file, name, source, seen)
    if (answer !== 'no') return answer
  }
  return 'no'
}
