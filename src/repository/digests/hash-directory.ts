/**
 * Digest of a folder: SHA-256 of its manifest, the canonical JSON of a list with one entry for each thing in it, sorted by
 * path: `["file", PATH, EXECUTABLE, DIGEST]`, `["link", PATH, TARGET]`, `["directory", PATH]`.
 */
import { type BigIntStats, type Dirent, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, type Digest, sha256 } from '../../model/canonical.ts'
import { HeddleError } from '../../model/errors.ts'
import { compareCodePoints } from '../../model/value.ts'

/** Digest and size of a file in the folder, by its path below the folder and as a whole. */
export type DigestFile = (below: string, absolute: string, stat: BigIntStats) => { readonly digest: Digest; readonly size: number }

/** Digest of a folder, and the bytes of its files. Throws `file-kind` for a socket, pipe or device in it. */
export function hashDirectory(folder: string, digestFile: DigestFile): { readonly digest: Digest; readonly size: number } {
  const entries: (readonly [kind: string, path: string, ...rest: unknown[]])[] = []
  let size = 0
  for (const { below, entry } of walkDirectory(folder)) {
    const absolute = join(folder, below)
    if (entry.isSymbolicLink()) entries.push(['link', below, readlinkSync(absolute)])
    else if (entry.isDirectory()) entries.push(['directory', below])
    else if (entry.isFile()) {
      const stat = lstatSync(absolute, { bigint: true })
      const file = digestFile(below, absolute, stat)
      size += file.size
      entries.push(['file', below, (stat.mode & 0o100n) !== 0n, file.digest])
    } else throw new HeddleError('file-kind', `${absolute} is neither file, folder nor link; a dataset cannot hold it`)
  }
  entries.sort((a, b) => compareCodePoints(a[1], b[1]))
  return { digest: sha256(canonicalJson(entries)), size }
}

/** Everything below a folder, parents first; links are not followed. */
export function* walkDirectory(folder: string, below = ''): Iterable<{ readonly below: string; readonly entry: Dirent }> {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    yield { below: path, entry }
    if (entry.isDirectory()) yield* walkDirectory(folder, path)
  }
}
