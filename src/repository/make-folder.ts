/** Makes folders. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode, isAbsent } from './file-errors.ts'
import { statIfThere } from './stat-if-there.ts'

/** Makes a folder and those above it. Node's own recursive way says ENOENT where the file system is read-only. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && statIfThere(path)?.isDirectory() === true) return
    if (!isAbsent(error) || dirname(path) === path || errorCode(error) === 'ENOTDIR') throw error
    makeFolder(dirname(path))
    mkdirSync(path)
  }
}
