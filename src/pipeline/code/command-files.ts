/** Files of the project that a command names. */
import type { Source } from '../../model/catalogue.ts'
import type { DatasetType, Pipeline } from '../../model/pipeline.ts'
import { leavesProject, normalPath } from '../project-path.ts'

/** Regular files of the project that are whole words of a command; not those that it writes, `.heddle/`, or what a dataset's template matches. */
export function commandFiles(command: string | readonly string[], source: Source, pipeline: Pipeline): string[] {
  const words = typeof command === 'string' ? shellWords(command) : command
  const files = new Set<string>()
  for (const word of words) {
    if (/[{}\n]/.test(word) || leavesProject(word) !== undefined) continue
    const path = normalPath(word)
    if (source.kind(path) === 'file' && !pipeline.datasets.some((dataset) => matchesTemplate(path, dataset))) files.add(path)
  }
  return [...files].sort()
}

/** Words of `sh` text without their quotes, except targets of redirections that write. */
function shellWords(text: string): string[] {
  const words: string[] = []
  let isTarget = false
  for (const [token] of text.matchAll(/>>|>\||<>|>&|>|(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^\s;&|()<>`'"\\])+|\n/g)) {
    if (/^[<>]/.test(token)) isTarget = true
    else {
      if (!isTarget && token !== '\n') words.push(token.replaceAll(/\\([^])|'([^']*)'|"((?:\\[^]|[^"\\])*)"/g, '$1$2$3'))
      isTarget = false
    }
  }
  return words
}

/** Whether a path could be a dataset of a type, or lie in one that is a folder. */
function matchesTemplate(path: string, { path: template, format }: DatasetType): boolean {
  if (template === undefined) return false
  const literals = template.split(/\{[^{}]*\}/).map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literals.join('[^/]+')}${format === 'directory' ? '(/.*)?' : ''}$`, 'u').test(path)
}
