/** bin/heddle: which Node.js it takes, from where, and as which process. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const BIN = join(import.meta.dirname, '../../bin')

/** An installed heddle without anything but its launcher. */
function install(root: string, folder: string): string {
  const bin = join(root, folder, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const file of ['heddle', 'heddle.mjs']) cpSync(join(BIN, file), join(bin, file))
  return join(bin, 'heddle')
}

/** A program that says its name, its process id and its arguments. */
function fakeNode(root: string, file: string, name: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), `#!/bin/sh\necho ${name} $$\nprintf '<%s>\\n' "$@"\n`)
  chmodSync(join(root, file), 0o755)
}

function start(heddle: string, args: readonly string[], path = '/usr/bin:/bin') {
  const { pid, status, stdout, stderr } = spawnSync(heddle, args, { encoding: 'utf8', env: { PATH: path } })
  return { pid, status, stdout, stderr }
}

describe('the launcher', () => {
  it('is the process that it starts, and hands every argument on as it is', (t) => {
    const root = temporaryFolder(t)
    const heddle = install(root, 'heddle')
    fakeNode(root, 'heddle/node_modules/node/bin/node', 'own')
    const words = ['run', 'two words', '', '--where', "station = 'x'", '*', '-n']
    const { pid, stdout } = start(heddle, words)
    const [first, ...given] = stdout.trimEnd().split('\n')
    assert.equal(first, `own ${pid}`)
    const script = given.indexOf(`<${join(root, 'heddle/bin/heddle.mjs')}>`)
    assert.ok(given.slice(0, script).every((option) => option.startsWith('<--')))
    assert.deepEqual(
      given.slice(script + 1),
      words.map((word) => `<${word}>`),
    )
  })

  it('takes the Node.js beside it, then the one that npm hoisted, then that of the PATH', (t) => {
    const root = temporaryFolder(t)
    const heddle = install(root, 'node_modules/heddle')
    fakeNode(root, 'path/node', 'of-path')
    const which = () => start(heddle, [], `${join(root, 'path')}:/usr/bin:/bin`).stdout.split(' ')[0]
    assert.equal(which(), 'of-path')
    fakeNode(root, 'node_modules/node/bin/node', 'hoisted')
    assert.equal(which(), 'hoisted')
    fakeNode(root, 'node_modules/heddle/node_modules/node/bin/node', 'own')
    assert.equal(which(), 'own')
  })

  it('finds its home through chains of symbolic links, relative and absolute, with spaces in them', (t) => {
    const root = temporaryFolder(t)
    const heddle = install(root, 'a place/heddle')
    fakeNode(root, 'a place/heddle/node_modules/node/bin/node', 'own')
    mkdirSync(join(root, 'bin'))
    symlinkSync(heddle, join(root, 'bin', 'absolute'))
    symlinkSync('absolute', join(root, 'bin', 'relative'))
    symlinkSync('../bin/relative', join(root, 'bin', 'chain'))
    for (const link of ['absolute', 'relative', 'chain']) assert.match(start(join(root, 'bin', link), []).stdout, /^own /)
    const byPath = spawnSync('sh', ['-c', 'chain'], { encoding: 'utf8', cwd: '/', env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin` } })
    assert.match(byPath.stdout, /^own /)
  })

  it('says what to do where there is no Node.js at all', (t) => {
    const root = temporaryFolder(t)
    const heddle = install(root, 'heddle')
    const tools = join(root, 'tools')
    mkdirSync(tools)
    for (const tool of ['sh', 'readlink']) {
      const found = ['/bin', '/usr/bin'].map((folder) => join(folder, tool)).find((file) => existsSync(file))
      symlinkSync(found as string, join(tools, tool))
    }
    const { status, stderr } = start(heddle, ['--version'], tools)
    assert.equal(status, 2)
    assert.match(stderr, /^heddle: no Node\.js found; /)
  })

  it('refuses a Node.js that is too old, without a stack', () => {
    const pretend = "data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })"
    const args = ['--import', pretend, join(BIN, 'heddle.mjs'), 'plan']
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    assert.equal(status, 2)
    assert.equal(stdout, '')
    assert.match(stderr, /^heddle: Node\.js 24 or later is needed, this is v/)
    assert.doesNotMatch(stderr, /\n {4}at /)
  })

  it('works where its cache cannot be written', (t) => {
    const root = temporaryFolder(t)
    writeFileSync(join(root, 'no-folder'), '')
    const env = { PATH: process.env.PATH ?? '', XDG_CACHE_HOME: join(root, 'no-folder') }
    const { status, stdout, stderr } = spawnSync(join(BIN, 'heddle'), ['--help'], { encoding: 'utf8', cwd: root, env })
    assert.equal(stderr, '')
    assert.equal(status, 0)
    assert.match(stdout, /^Usage: heddle/)
  })
})
