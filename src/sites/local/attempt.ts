/** One call of a TypeScript body: its argument from the inputs, its outputs from what it returns. */
import { chmodSync, constants, cpSync, existsSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { HeddleError } from '../../model/errors.ts'
import type { FormatName } from '../../model/pipeline.ts'
import { FORMATS } from '../../repository/formats/formats.ts'
import type { FunctionJob, FunctionResult, Parcel } from './functions.ts'

const INLINE_OUTPUT_BYTES = 16 * 1024

type Callable = (argument: Readonly<Record<string, unknown>>) => unknown

/** What a body returned does not fit its outputs. */
class BadOutput extends Error {}

/** An output could not be written: no space, no permission. */
class NotStored extends Error {}

let environment: Readonly<Record<string, string>> = {}
const modules = new Map<string, Readonly<Record<string, unknown>>>()

/** Calls the job's function and says what became of it. */
export async function attempt(job: FunctionJob, project: string): Promise<FunctionResult> {
  try {
    prepare(job.environment, project)
    const body = await bodyOf(job)
    return ['completed', storeAll(await body(argumentOf(job)), job.outputs)]
  } catch (error) {
    if (error instanceof BadOutput) return ['failed', ['output', error.message, null]]
    if (error instanceof NotStored) return ['failed', ['store', error.message, null]]
    if (error instanceof Error && error.name === 'NoWork') return ['noWork', error.message]
    return ['failed', ['error', explain(error, project), null]]
  }
}

function prepare(wanted: Readonly<Record<string, string>>, project: string): void {
  for (const name in wanted) if (environment[name] !== wanted[name]) process.env[name] = wanted[name]
  for (const name in environment) if (wanted[name] === undefined) delete process.env[name]
  environment = wanted
  if (process.cwd() !== project) process.chdir(project)
}

async function bodyOf(job: FunctionJob): Promise<Callable> {
  const known = modules.get(job.module) ?? ((await import(pathToFileURL(job.module).href)) as Readonly<Record<string, unknown>>)
  modules.set(job.module, known)
  const body = known[job.function]
  if (typeof body === 'function') return body as Callable
  throw new TypeError(`${job.module} exports no function ${job.function}; it has ${Object.keys(known).join(', ') || 'no exports'}`)
}

function argumentOf(job: FunctionJob): Record<string, unknown> {
  const dataIds = Object.fromEntries(job.inputs.map(([name, , , , ids]) => [name, ids]))
  const outputs = Object.fromEntries(job.outputs.map(([name, , gathers, paths]) => [name, gathers ? paths : paths[0]]))
  const argument: Record<string, unknown> = { ...job.config, dataId: job.dataId, dataIds, outputs }
  for (const [name, format, gathers, items] of job.inputs) {
    try {
      const values = items.map((parcel) => open(parcel, format))
      argument[name] = gathers ? values : values[0]
    } catch (cause) {
      throw new Error(`input ${name} cannot be read as ${format}: ${(cause as Error).message}`, { cause })
    }
  }
  return argument
}

function open([kind, text]: Parcel, name: FormatName): unknown {
  const format = FORMATS[name]
  if (format.kind === 'path') return text
  return format.decode(kind === 'p' ? readFileSync(text) : Buffer.from(text, kind === 'b' ? 'base64' : 'utf8'))
}

function storeAll(result: unknown, outputs: FunctionJob['outputs']): (readonly (Parcel | null)[])[] {
  const named = outputs.length === 1 ? { [outputs[0]?.[0] ?? '']: result } : (result ?? {})
  if (typeof named !== 'object' || Array.isArray(named)) {
    throw new BadOutput(
      `the function has ${outputs.length} outputs and must return an object with ${outputs.map(([name]) => name).join(', ')}`,
    )
  }
  return outputs.map(([name, format, gathers, paths]) => {
    const value = (named as Readonly<Record<string, unknown>>)[name]
    const values = gathers && (value !== undefined || FORMATS[format].kind === 'value') ? value : paths.map(() => value)
    if (!Array.isArray(values)) throw new BadOutput(`output ${name}: expected a list of ${paths.length}`)
    if (values.length !== paths.length) throw new BadOutput(`output ${name}: ${values.length} values, expected ${paths.length}`)
    return values.map((item: unknown, i) => {
      try {
        return store(item, format, paths[i] ?? '')
      } catch (cause) {
        if (cause instanceof BadOutput || cause instanceof HeddleError) throw new BadOutput(`output ${name}: ${cause.message}`)
        if (cause instanceof Error && 'syscall' in cause) throw new NotStored(`output ${name} cannot be stored: ${cause.message}`)
        throw cause
      }
    })
  })
}

function store(value: unknown, name: FormatName, path: string): Parcel | null {
  const format = FORMATS[name]
  if (format.kind === 'path') return keep(value, path)
  if (value === undefined) throw new BadOutput('the function returned nothing for it')
  const bytes = Buffer.from(format.encode(value))
  if (bytes.length <= INLINE_OUTPUT_BYTES) return name === 'bytes' ? ['b', bytes.toString('base64')] : ['t', bytes.toString('utf8')]
  writeFileSync(path, bytes)
  return null
}

/** Copies the file or folder that a body made, or was given, to where its output belongs. */
function keep(value: unknown, path: string): null {
  if (value === undefined || value === null) {
    if (existsSync(path)) return null
    throw new BadOutput('the function returned no path and wrote nothing to outputs')
  }
  if (typeof value !== 'string') throw new BadOutput(`expected a path, found a ${typeof value}`)
  const made = resolve(value)
  if (!existsSync(made)) throw new BadOutput(`${made} does not exist`)
  if (made === path) return null
  // What was given is a link to an object that others read.
  const source = realpathSync(made)
  cpSync(source, path, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  chmodSync(path, statSync(path).mode | 0o200)
  return null
}

const SOURCE_LINE = /^(file:\/\/\S+|\/.+):(\d+)$/
const LOADER_FRAME = /^ {4}at .*\(?node:internal\//

function withinProject(place: string, project: string): string {
  return relative(project, place.startsWith('file:') ? fileURLToPath(place) : place)
}

/** Prints the stack without frames of ours; returns `TypeError: what (FILE:LINE)`. */
function explain(error: unknown, project: string): string {
  if (!(error instanceof Error)) {
    console.error(error)
    return `thrown: ${String(error)}`
  }
  const lines = (error.stack ?? String(error)).split('\n')
  const ours = lines.findIndex((line) => line.includes(import.meta.filename) || line.includes(import.meta.url))
  // What cannot be parsed has no frames of its own, only those of the loader.
  const unread = error instanceof SyntaxError ? SOURCE_LINE.exec(lines[0] ?? '') : null
  const shown = ours < 0 ? lines : lines.slice(0, ours)
  console.error((unread === null ? shown : shown.filter((line) => !LOADER_FRAME.test(line))).join('\n'))
  const text = `${error.name}: ${error.message}`.slice(0, 2000)
  if (unread !== null) return `${text} (${withinProject(unread[1] as string, project)}:${unread[2]})`
  for (const line of lines) {
    const found = /(file:\/\/\S+?|\/[^()]+?):(\d+):\d+\)?$/.exec(line)
    const file = found?.[1]?.startsWith('file:') ? fileURLToPath(found[1]) : found?.[1]
    if (file?.startsWith(project + sep) && line !== lines[0]) return `${text} (${relative(project, file)}:${found?.[2]})`
  }
  return text
}
