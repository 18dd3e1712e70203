/** The files of a project that exists only in memory. */
import { sha256 } from '../../src/model/canonical.ts'
import type { Source } from '../../src/model/catalogue.ts'

/** A {@link Source} over texts by their path. */
export function memorySource(files: Readonly<Record<string, string>>): Source {
  const folders = new Set(
    Object.keys(files).flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, index, all) => all.slice(0, index + 1).join('/')),
    ),
  )
  return {
    read: (path) => files[path],
    kind: (path) => (files[path] !== undefined ? 'file' : folders.has(path) ? 'directory' : 'absent'),
    digest: (path) => (files[path] === undefined ? undefined : sha256(files[path])),
  }
}
