/** Reads text files with a limit, refusing what is no text. */

import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { HeddleError } from '../model/errors.ts'
import { formatBytes } from '../model/units.ts'
import { isAbsent } from './file-errors.ts'

/** Text of a regular file, or undefined when there is none. Throws `file-unreadable` for a folder, binary, or a file over the limit. */
export function readTextFile(path: string, shownAs: string, limitBytes: number): string | undefined {
  let open: number
  try {
    // Without NONBLOCK a named pipe would wait for its writer.
    open = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw unreadable(shownAs, (error as Error).message.replace(/,.*$/su, '').toLowerCase(), error)
  }
  try {
    const stat = fstatSync(open)
    if (!stat.isFile()) throw unreadable(shownAs, stat.isDirectory() ? 'it is a folder' : 'it is no regular file')
    if (stat.size > limitBytes)
      throw unreadable(shownAs, `it has ${formatBytes(stat.size)}, more than the ${formatBytes(limitBytes)} allowed`)
    const bytes = readFileSync(open)
    if (bytes.includes(0)) throw unreadable(shownAs, 'it is binary; expected text')
    if (!isUtf8(bytes)) throw unreadable(shownAs, 'it is not UTF-8; expected text in UTF-8')
    return bytes.toString('utf8')
  } finally {
    closeSync(open)
  }
}

function unreadable(path: string, why: string, cause?: unknown): HeddleError {
  return new HeddleError('file-unreadable', `${path} cannot be read: ${why}`, { cause })
}
