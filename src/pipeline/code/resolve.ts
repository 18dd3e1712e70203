/** Where imports lie in the project. */
import type { Source } from '../../model/catalogue.ts'
import { folderOf, resolveFrom } from '../project-path.ts'

/** Files of the project that a Python import in the file at `from` brings in; [] when it comes from elsewhere. */
export function resolvePython(request: string, from: string, source: Source): string[] {
  const dots = /^\.*/.exec(request)?.[0].length ?? 0
  const base = dots === 0 ? '' : parentOf(folderOf(from), dots - 1)
  if (base === undefined) return []
  const steps = request
    .slice(dots)
    .split('.')
    .filter((step) => step !== '')
  const files: string[] = []
  const add = (path: string): boolean => source.kind(path) === 'file' && files.push(path) > 0
  let folder = base
  if (steps.length === 0) add(join(folder, '__init__.py'))
  for (const [index, step] of steps.entries()) {
    const path = join(folder, step)
    const isPackage = add(`${path}/__init__.py`)
    if (!isPackage && add(`${path}.py`)) return files
    // A folder without __init__.py is a package too, of nothing but its modules.
    if (!isPackage && (index === steps.length - 1 || source.kind(path) !== 'directory')) return files
    folder = path
  }
  return files
}

function parentOf(folder: string, levels: number): string | undefined {
  let at = folder
  for (let level = 0; level < levels; level++) {
    if (at === '') return undefined
    at = folderOf(at)
  }
  return at
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

const ENDINGS = ['', '.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js']

/** Files of the project that a TypeScript import in the file at `from` brings in; [] when it comes from elsewhere. */
export function resolveTypescript(request: string, from: string, source: Source): string[] {
  if (!/^\.{1,2}(\/|$)/.test(request)) return []
  const path = resolveFrom(folderOf(from), request)
  if (path === undefined) return []
  const ending = ENDINGS.find((candidate) => source.kind(path + candidate) === 'file')
  return ending === undefined ? [] : [path + ending]
}
