/** Fails on a source file of more than 500 lines, unless one of its first ten lines says `Length:` and why. */
import { globSync, readFileSync } from 'node:fs'

const LIMIT = 500
const files = globSync(['{src,test,bench,scripts,examples,templates}/**/*.{ts,mjs,py,sh}', 'scripts/*'], {
  exclude: (name) => ['data', '.heddle', '__pycache__'].includes(name),
})
for (const file of files.sort()) {
  const lines = readFileSync(file, 'utf8').split('\n')
  if (lines.length - 1 <= LIMIT || lines.slice(0, 10).some((line) => /\bLength: \S/.test(line))) continue
  console.error(`${file}: error file-length: ${lines.length - 1} lines; at most ${LIMIT}, or a line \`Length: why\` at its top`)
  process.exitCode = 1
}
