/** Copies files and folders, sharing blocks where the file system can; never by hard link. */
import { chmodSync, constants, copyFileSync, cpSync, lstatSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { walkDirectory } from '../digests/hash-directory.ts'

/** Copies a file or folder to a path where nothing stands. Links within a folder stay links. */
export function copyTree(from: string, to: string): void {
  if (statSync(from).isDirectory()) cpSync(from, to, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  else copyFileSync(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
}

/** Takes the right to write from every file of a folder; one that is linked from elsewhere becomes a copy first. */
export function makeReadOnly(folder: string, temporary: () => string): void {
  for (const { below, entry } of walkDirectory(folder)) {
    if (!entry.isFile()) continue
    const path = join(folder, below)
    const stat = lstatSync(path)
    if (stat.nlink > 1) {
      const copy = temporary()
      copyFileSync(path, copy, constants.COPYFILE_FICLONE)
      renameSync(copy, path)
    }
    chmodSync(path, (stat.mode & 0o100) === 0 ? 0o444 : 0o555)
  }
}

/** Gives the files of a published copy the rights that new files of this user have. */
export function makeWritable(path: string): void {
  const allowed = ~process.umask()
  const open = (file: string): void => chmodSync(file, ((statSync(file).mode & 0o100) === 0 ? 0o666 : 0o777) & allowed)
  if (!statSync(path).isDirectory()) {
    open(path)
    return
  }
  for (const { below, entry } of walkDirectory(path)) if (entry.isFile()) open(join(path, below))
}
