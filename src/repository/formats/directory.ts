/** directory: the path of a folder with all that is in it. */
import type { PathFormat } from './format.ts'

export const directory: PathFormat = { kind: 'path', name: 'directory', extensions: [], holds: 'directory' }
