/** What the operating system's error codes mean here. */

/** True when a file operation failed because there is no such file. */
export function isAbsent(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** `ENOENT` and the like, or undefined for another kind of error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
}
