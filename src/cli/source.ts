/** The files of a project as a {@link Source}, for commands that need no store. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../model/canonical.ts'
import type { Source } from '../model/catalogue.ts'
import { readTextFile } from '../repository/text-file.ts'

const TEXT_LIMIT_BYTES = 64 * 2 ** 20

/** Reads below a project folder; digests are computed anew each time. */
export function openSource(folder: string): Source {
  const kind = (path: string): 'file' | 'directory' | 'absent' => {
    const stat = statSync(join(folder, path), { throwIfNoEntry: false })
    if (stat === undefined) return 'absent'
    return stat.isDirectory() ? 'directory' : 'file'
  }
  return {
    kind,
    read: (path, limitBytes = TEXT_LIMIT_BYTES) => readTextFile(join(folder, path), path, limitBytes),
    digest: (path) => (kind(path) === 'file' ? sha256(readFileSync(join(folder, path))) : undefined),
  }
}
