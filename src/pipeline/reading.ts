/** What every step of reading a pipeline file shares. */
import type { Source } from '../model/catalogue.ts'
import type { PipelineFileCode } from '../model/error-codes.ts'
import { didYouMean } from '../model/nearest.ts'
import type { PipelineFile } from './file.ts'
import type { ProblemList } from './problem-list.ts'
import type { Path, YamlDocument } from './yaml-document.ts'

/** Parts of the file whose names others refer to. */
export type Section = 'parameters' | 'dimensions' | 'relations' | 'datasets' | 'tasks'

/** Names that the file declares, also those whose declaration is wrong. */
export type Declared = Readonly<Record<Section, ReadonlySet<string>>>

/** One reading of one file. */
export interface Reading {
  readonly file: PipelineFile
  readonly document: YamlDocument
  readonly problems: ProblemList
  readonly source: Source
  readonly declared: Declared
}

/** The names declared in a value that need not be right in anything. */
export function declaredNames(value: unknown): Declared {
  const names = (section: Section): Set<string> => {
    const part = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[section] : undefined
    return new Set(typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.keys(part) : [])
  }
  return {
    parameters: names('parameters'),
    dimensions: names('dimensions'),
    relations: names('relations'),
    datasets: names('datasets'),
    tasks: names('tasks'),
  }
}

const UNKNOWN = {
  parameters: { code: 'unknown-parameter', word: 'parameter' },
  dimensions: { code: 'unknown-dimension', word: 'dimension' },
  relations: { code: 'unknown-relation', word: 'relation' },
  datasets: { code: 'unknown-dataset', word: 'dataset' },
  tasks: { code: 'unknown-task', word: 'task' },
} as const satisfies Record<Section, { code: PipelineFileCode; word: string }>

/** Reports a name that its section does not declare; true when it does. */
export function checkName(reading: Reading, section: Section, name: string, path: Path): boolean {
  const known = reading.declared[section]
  if (known.has(name)) return true
  const { code, word } = UNKNOWN[section]
  const message = `there is no ${word} ${JSON.stringify(name)}; ${expectedNames(known, section)}${didYouMean(name, known)}`
  reading.problems.error(code, reading.document.at(path), message)
  return false
}

/** `expected one of a, b, c`, shortened when there are many. */
export function expectedNames(known: ReadonlySet<string>, section: string): string {
  if (known.size === 0) return `this file has no ${section}`
  const names = [...known]
  return `expected one of ${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''}`
}
