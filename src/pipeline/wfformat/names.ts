/** Names that a project can use, from names that a trace has. */
import type { TraceTask } from './trace.ts'

/** Programs that say nothing about what they run. */
const INTERPRETERS =
  /^(?:sh|bash|dash|zsh|env|python[\d.]*|perl|ruby|java|node|Rscript|R|julia|make|singularity|docker|srun|mpirun|mpiexec)$/

/** More kinds of tasks than this are one kind: their names were no kinds. */
const MOST_KINDS = 200

/** The kind of each task, by its id: the program that it ran, or its name without its number; distinct and fit for a task's name. */
export function taskKinds(tasks: readonly TraceTask[], taken: readonly string[]): Map<string, string> {
  const kinds = tasks.map(kindOf)
  const distinct = [...new Set(kinds)]
  if (distinct.length > MOST_KINDS) return new Map(tasks.map(({ id }) => [id, 'job_of_trace']))
  const named = uniqueNames(distinct.map(lastPart), distinct, taken)
  return new Map(tasks.map(({ id }, i) => [id, named.get(kinds[i] as string) as string]))
}

function kindOf(task: TraceTask): string {
  const program = task.program?.replace(/^.*\//su, '')
  if (program !== undefined && /^[A-Za-z_][\w.+-]{0,63}$/u.test(program) && !INTERPRETERS.test(program))
    return program.replace(/\.(?:py|sh|pl|R|r|jar|exe)$/u, '')
  return task.name.replace(/\s*\(.*\)$/su, '').replace(/(?:[_-](?:ID)?\d+)+$/u, '') || 'task'
}

/** `A.B.FASTP` and `A:B:FASTP` are called `FASTP` by those who run them. */
function lastPart(kind: string): string {
  return kind.split(/[.:]/u).findLast((part) => part !== '') ?? kind
}

/** A name for each of `wholes`: its short form where that is free, else the whole, else with a number. */
function uniqueNames(shorts: readonly string[], wholes: readonly string[], taken: readonly string[]): Map<string, string> {
  const used = new Set(taken)
  const times = new Map<string, number>()
  for (const short of shorts) times.set(identifier(short), (times.get(identifier(short)) ?? 0) + 1)
  return new Map(
    wholes.map((whole, i) => {
      const short = identifier(shorts[i] as string)
      const name = free(times.get(short) === 1 ? short : identifier(whole), used)
      used.add(name)
      return [whole, name]
    }),
  )
}

function free(name: string, used: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}_${n}`
    if (!used.has(candidate)) return candidate
  }
}

/** A text as a name: letters, digits and underscores, not beginning with a digit. */
function identifier(text: string): string {
  const name = text
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
  if (name === '') return 'task'
  return /^\d/.test(name) ? `_${name}` : name
}

/** A file name for each id that no two share, even where case does not count; ids may be paths, absolute, or anything. */
export function fileNames(ids: Iterable<string>): Map<string, string> {
  const used = new Set<string>()
  const names = new Map<string, string>()
  for (const id of ids) {
    const safe =
      (id.split('/').findLast((part) => part !== '') ?? '')
        .replaceAll(/[^A-Za-z0-9._-]+/gu, '_')
        .replace(/^[.-]+/u, '')
        .slice(-100) || 'file'
    let name = safe
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${n}-${safe}`
    used.add(name.toLowerCase())
    names.set(id, name)
  }
  return names
}
