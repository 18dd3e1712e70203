/** Paths of files of the project, as text. */

/** A relative path without `.` and empty segments and without a trailing slash; `..` stays where it is. */
export function normalPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
  return (path.startsWith('/') ? '/' : '') + segments.join('/')
}

/** Why a path may not be used, or undefined when it stays inside the project. */
export function leavesProject(path: string): string | undefined {
  if (path.startsWith('/') || path.startsWith('~/') || /^[A-Za-z]:[\\/]/.test(path)) return 'is not relative to the project folder'
  const segments = path.split('/')
  if (segments.includes('..')) return 'leaves the project folder'
  if (segments.find((segment) => segment !== '' && segment !== '.') === '.heddle') return 'lies in .heddle, which is Heddle’s own'
  if (path.includes('\0')) return 'holds a NUL character'
  if (normalPath(path) === '') return 'names no file'
  return undefined
}

/** `path` as seen from the project, when it stands in a file of `folder`; undefined when it leads outside. */
export function resolveFrom(folder: string, path: string): string | undefined {
  const segments = folder === '' ? [] : folder.split('/')
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return undefined
  }
  return segments.join('/')
}

/** The folder of a path, '' for the project itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
