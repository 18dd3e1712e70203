/** What the operating system's error codes mean here. */
import { HeddleError } from '../model/errors.ts'

/** True when a file operation failed because there is no such file. */
export function isAbsent(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP'
}

/** `ENOENT` and the like, or undefined for another kind of error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
}

const FULL = new Set(['ENOSPC', 'EDQUOT'])
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM'])

/** Runs a write below `folder`; a disk without room throws `store-full`, a folder that refuses writing `store-read-only`. */
export function writing<T>(folder: string, write: () => T): T {
  try {
    return write()
  } catch (cause) {
    const code = errorCode(cause) ?? ''
    if (FULL.has(code)) {
      const why = code === 'EDQUOT' ? 'the quota is used up' : 'no space is left on the disk'
      throw new HeddleError('store-full', `${folder} cannot take more: ${why}`, {
        cause,
        hint: 'make room and run again; what is done stays done',
      })
    }
    if (READ_ONLY.has(code)) {
      const where = (cause as NodeJS.ErrnoException).path ?? folder
      throw new HeddleError(
        'store-read-only',
        `${where} cannot be written: ${code === 'EROFS' ? 'the file system is read-only' : 'permission denied'}`,
        {
          cause,
          hint: `give yourself the right to write in ${folder}, and run again`,
        },
      )
    }
    throw cause
  }
}
