/** Where this package lies, and which version it is. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Folder of the package: `src/cli/` and the compiled `dist/cli/` are both two below it. */
export const PACKAGE_FOLDER = fileURLToPath(new URL('../../', import.meta.url))

/** The version of this Heddle. */
export const VERSION = (JSON.parse(readFileSync(`${PACKAGE_FOLDER}package.json`, 'utf8')) as { version: string }).version
