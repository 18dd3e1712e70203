// Exits with 0 when node_modules holds exactly what package-lock.json names. Plain JavaScript: it runs before Node.js 24 is there.
import { existsSync, readFileSync } from 'node:fs'

/** The packages of a lock file by their path. */
function packages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

const wanted = packages('package-lock.json')
const found = packages('node_modules/.package-lock.json')
const missing = Object.keys(wanted).filter((path) => path !== '' && !wanted[path].optional && found[path]?.version !== wanted[path].version)
process.exitCode = missing.length === 0 && existsSync('node_modules/node/bin/node') ? 0 : 1
