/** What tells whether a file or folder is still the same, without reading it. */
import { type BigIntStats, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../model/canonical.ts'
import { walkDirectory } from './digests/hash-directory.ts'
import { lstatIfThere } from './stat-if-there.ts'

/** `device:inode:size:mtime_ns:ctime_ns` of a file. */
export function statKey(stat: BigIntStats): string {
  return `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`
}

/** The same for whatever stands at a path: of a folder over all that is in it. undefined: nothing is there. */
export function pathKey(path: string): string | undefined {
  const stat = lstatIfThere(path)
  if (stat === undefined || !stat.isDirectory()) return stat === undefined ? undefined : statKey(stat)
  const keys = [...walkDirectory(path)].map(({ below }) => `${below}\0${statKey(lstatSync(join(path, below), { bigint: true }))}\0`)
  return `directory:${sha256(keys.sort().join(''))}`
}
