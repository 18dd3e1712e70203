/** The project folder as a {@link Source}: text of files, and digests that are remembered. */
import { join } from 'node:path'
import type { Memory, Source } from '../model/catalogue.ts'
import type { FileDigests } from './digests/file-digests.ts'
import { statIfThere } from './stat-if-there.ts'
import { readTextFile } from './text-file.ts'

/** Largest file that is read as text unless the reader says otherwise. */
const LIMIT_BYTES = 64 * 2 ** 20

/** Opens a source over a folder; `memory` spares it reading the same module's code again in a later process. */
export function openFileSource(folder: string, digests: FileDigests, memory?: Memory): Source {
  const kind = (path: string): 'file' | 'directory' | 'absent' => {
    const stat = statIfThere(join(folder, path))
    return stat === undefined ? 'absent' : stat.isDirectory() ? 'directory' : 'file'
  }
  return {
    kind,
    read: (path, limitBytes = LIMIT_BYTES) => readTextFile(join(folder, path), path, limitBytes),
    digest: (path) => (kind(path) === 'file' ? digests.digest(path)?.digest : undefined),
    ...(memory === undefined ? {} : { memory }),
  }
}
