/** Whether a disk has room. */
import { statfsSync } from 'node:fs'

/** Less than this is no room: the last pages of what did not fit may be free again. */
const LEAST_BYTES = 1024 * 1024

/** True when next to nothing more can be written below this folder. */
export function isFull(folder: string): boolean {
  try {
    const { bavail, bsize, blocks } = statfsSync(folder)
    // Some virtual file systems have no size at all.
    return blocks > 0 && bavail * bsize < LEAST_BYTES
  } catch (error) {
    // A body removed the folder: what that means is told where it matters.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
