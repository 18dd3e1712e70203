/** The modules of a project, each read once, and what a function brings with it. */
import { sha256 } from '../../model/canonical.ts'
import type { Source } from '../../model/catalogue.ts'
import { HeddleError } from '../../model/errors.ts'
import type { Pipeline } from '../../model/pipeline.ts'
import { type FunctionBody, LANGUAGES, type Module, type ParseModule } from './language.ts'

/** Changes whenever a module would be read differently: an edit of the rules, a new version of a parser. */
const READING = 1

/** Modules by their path; undefined where there is no such text. */
type Modules = Map<string, Module | undefined>

const prepared = new WeakMap<Source, Modules>()

/** Reads the modules of a pipeline's functions and all that they import, before any other question about code; parsers are loaded only for what is not remembered. */
export async function prepareCode(pipeline: Pipeline, source: Source): Promise<void> {
  const modules: Modules = prepared.get(source) ?? new Map()
  prepared.set(source, modules)
  for (const { body } of pipeline.tasks) {
    if (body.kind === 'command') continue
    for (const files = filesOf(body, source, modules); ; ) {
      const unread = files.find((file) => !modules.has(file))
      if (unread === undefined) break
      modules.set(unread, await readModule(body.kind, unread, source))
      for (const file of importsOf(body.kind, unread, source, modules)) if (!files.includes(file)) files.push(file)
    }
  }
}

async function readModule(kind: FunctionBody['kind'], path: string, source: Source): Promise<Module | undefined> {
  const text = readText(path, source)
  if (text === undefined) return undefined
  const key = `module ${READING} ${kind} ${/\.\w+$/.exec(path)?.[0] ?? ''} ${sha256(text)}`
  const known = source.memory?.get(key)
  if (known !== undefined) return JSON.parse(known) as Module
  const parse: ParseModule = await LANGUAGES[kind].load()
  const module = parse(text, path)
  source.memory?.set(key, JSON.stringify(module))
  return module
}

function readText(path: string, source: Source): string | undefined {
  try {
    return source.kind(path) === 'file' ? source.read(path) : undefined
  } catch (error) {
    if (error instanceof HeddleError) return undefined
    throw error
  }
}

function preparedModules(source: Source): Modules {
  const modules = prepared.get(source)
  if (modules === undefined) throw new Error('prepareCode comes before any question about code')
  return modules
}

/** A module by its file, or undefined when there is no such text. */
export function moduleAt(path: string, source: Source): Module | undefined {
  return preparedModules(source).get(path)
}

/** The file of a function's module, whether it is there or not: for Python the one that would be it. */
export function moduleFile(body: FunctionBody, source: Source): string {
  if (body.kind === 'typescript') return body.module
  const path = body.module.replaceAll('.', '/')
  return source.kind(`${path}/__init__.py`) === 'file' ? `${path}/__init__.py` : `${path}.py`
}

/** Files of the project that a function's module brings in, itself first, each once. */
export function filesOf(body: FunctionBody, source: Source, modules = preparedModules(source)): string[] {
  const start = moduleFile(body, source)
  const files = new Set(body.kind === 'python' ? [start, ...LANGUAGES.python.resolve(body.module, '', source)] : [start])
  // A set may grow while it is walked.
  for (const file of files) for (const found of importsOf(body.kind, file, source, modules)) files.add(found)
  return [...files]
}

function importsOf(kind: FunctionBody['kind'], file: string, source: Source, modules: Modules): string[] {
  return (modules.get(file)?.imports ?? []).flatMap((request) => LANGUAGES[kind].resolve(request, file, source))
}

/** Whether a module has a name: yes, no, or not to be known without running it. */
export function moduleHas(
  kind: FunctionBody['kind'],
  path: string,
  name: string,
  source: Source,
  seen = new Set<string>(),
): 'yes' | 'no' | 'unknown' {
  const module = moduleAt(path, source)
  if (module === undefined) return 'no'
  if (module.names.includes(name)) return 'yes'
  if (!module.complete) return 'unknown'
  seen.add(path)
  for (const request of module.passesOn) {
    const file = LANGUAGES[kind].resolve(request, path, source).at(-1)
    if (file === undefined) return 'unknown'
    const answer = seen.has(file) ? 'no' : moduleHas(kind, file, name, source, seen)
    if (answer !== 'no') return answer
  }
  return 'no'
}
