// The entry behind bin/heddle: answers --version before any import, then starts the command line.
// Plain JavaScript that any Node.js can read, so that one that is too old gets a message and not a syntax error.
import { existsSync, readFileSync } from 'node:fs'
import * as module from 'node:module'

const home = new URL('../', import.meta.url)

/** The version in package.json. */
function version() {
  return JSON.parse(readFileSync(new URL('package.json', home), 'utf8')).version
}

/** Keeps compiled code between starts, where there is a place for it. Set by call, so that no body inherits it. */
function enableCompileCache() {
  const { XDG_CACHE_HOME, HOME } = process.env
  const cache = XDG_CACHE_HOME || (HOME ? `${HOME}/.cache` : undefined)
  if (cache !== undefined) module.enableCompileCache(`${cache}/heddle/compile`)
}

async function start() {
  const argv = process.argv.slice(2)
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`heddle ${version()}\n`)
    return 0
  }
  if (Number(process.versions.node.split('.')[0]) < 24) {
    process.stderr.write(
      `heddle: Node.js 24 or later is needed, this is ${process.version} (${process.execPath})\n` +
        'hint: Heddle brings its own; `npm rebuild node` where Heddle is installed fetches it\n',
    )
    return 2
  }
  enableCompileCache()
  // A checkout has the sources; the published package has only what was compiled from them.
  const source = new URL('src/cli/main.ts', home)
  const { main } = await import(existsSync(source) ? source.href : new URL('dist/cli/main.js', home).href)
  return main(argv)
}

/** Tells of a fault that nothing else caught. */
function tellFault(fault) {
  process.stderr.write(`heddle: a fault in Heddle itself; please report it with the lines below\n${fault?.stack ?? fault}\n`)
}

process.on('uncaughtException', (fault) => {
  tellFault(fault)
  process.exit(70)
})
try {
  process.exitCode = await start()
} catch (fault) {
  tellFault(fault)
  process.exitCode = 70
}
