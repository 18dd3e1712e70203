/** file: the path of a file. */
import type { PathFormat } from './format.ts'

export const file: PathFormat = { kind: 'path', name: 'file', extensions: [], holds: 'file' }
