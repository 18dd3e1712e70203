/**
 * The import rule of ARCHITECTURE.md: imports point one way, and the pure folders touch no machine.
 *
 * `node scripts/import-rule.ts [FOLDER]` lists every import below FOLDER (default `src`) that breaks it and fails if there is one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'

/** What a folder of `src/` may import beside itself; `types` are imports that vanish when the program runs. */
interface Reach {
  readonly values: readonly string[]
  readonly types: readonly string[]
  /** Built-in modules of Node.js; undefined: all. */
  readonly builtins: readonly string[] | undefined
}

const PURE = ['node:crypto']
const EVERYTHING: Reach = {
  values: ['model', 'pipeline', 'plan', 'scheduler', 'engine', 'store', 'repository', 'sites', 'thread', 'cli'],
  types: [],
  builtins: undefined,
}

/** The rule as a table. A folder that is not here may not exist. */
export const REACH: Readonly<Record<string, Reach>> = {
  model: { values: [], types: [], builtins: PURE },
  pipeline: { values: ['model'], types: [], builtins: PURE },
  plan: { values: ['model', 'pipeline'], types: [], builtins: PURE },
  scheduler: { values: ['model'], types: [], builtins: PURE },
  engine: { values: ['model', 'scheduler'], types: [], builtins: undefined },
  store: { values: ['model'], types: ['engine'], builtins: undefined },
  repository: { values: ['model'], types: ['engine'], builtins: undefined },
  sites: { values: ['model', 'repository'], types: ['engine'], builtins: undefined },
  thread: { values: ['model'], types: ['engine', 'store'], builtins: undefined },
  cli: EVERYTHING,
}

/** One import that breaks the rule. */
export interface Breach {
  readonly file: string
  readonly line: number
  readonly specifier: string
  readonly why: string
}

const IMPORTS = [
  /^(?:import|export)\s+(?<type>type\s)?[^'"`;]*?\bfrom\s*'(?<specifier>[^']+)'/gm,
  /^import\s*(?<type>)'(?<specifier>[^']+)'/gm,
  /(?<type>)\bimport\(\s*'(?<specifier>[^']+)'/g,
]

/** Every breach of the rule in one file's text; `file` is its path below the root folder. */
export function breaches(file: string, text: string): Breach[] {
  const folder = file.split('/')[0] as string
  const reach = file.includes('/') ? REACH[folder] : EVERYTHING
  if (reach === undefined) return [{ file, line: 1, specifier: '', why: `src/${folder} is not in the table of scripts/import-rule.ts` }]
  const found: Breach[] = []
  for (const pattern of IMPORTS) {
    for (const match of text.matchAll(pattern)) {
      const specifier = match.groups?.specifier as string
      const why = objection(folder, reach, { file, specifier, typeOnly: match.groups?.type !== undefined && match.groups.type !== '' })
      if (why !== undefined) found.push({ file, line: text.slice(0, match.index).split('\n').length, specifier, why })
    }
  }
  return found
}

function objection(folder: string, reach: Reach, imported: { file: string; specifier: string; typeOnly: boolean }): string | undefined {
  const { specifier } = imported
  if (specifier.startsWith('node:')) {
    if (reach.builtins === undefined || reach.builtins.includes(specifier)) return undefined
    return `${folder}/ does no I/O and reads no clock`
  }
  if (!specifier.startsWith('.')) return undefined
  const target = relative('/', resolve('/', dirname(imported.file), specifier)).split('/')
  const other = target.length > 1 ? (target[0] as string) : ''
  if (other === folder || reach.values.includes(other)) return undefined
  if (reach.types.includes(other)) return imported.typeOnly ? undefined : `${folder}/ may import types alone from ${other}/`
  return `${folder}/ may import ${reach.values.length === 0 ? 'nothing else' : reach.values.map((name) => `${name}/`).join(', ')}`
}

/** Every breach below a root folder. */
export function breachesBelow(root: string): Breach[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return files.sort().flatMap((file) => breaches(file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')))
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const root = argv[2] ?? 'src'
  const found = breachesBelow(root)
  for (const { file, line, specifier, why } of found) console.error(`${join(root, file)}:${line}: error import-rule: ${specifier}: ${why}`)
  process.exitCode = found.length === 0 ? 0 : 1
}
