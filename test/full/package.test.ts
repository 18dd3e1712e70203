/** The package as npm publishes it: packed, installed into an empty prefix, used there. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The environment without what `npm test` and Heddle's own Node.js add to it. */
function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('npm_') && name !== 'NODE_OPTIONS' && name !== 'NODE_TEST_CONTEXT',
  )
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.startsWith(ROOT))
  return { ...Object.fromEntries(kept), PATH: path.join(':'), ...more }
}

function output(command: string, args: readonly string[], options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: plainEnvironment(),
    maxBuffer: 64 * 2 ** 20,
    ...options,
  })
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`)
  return stdout
}

const USE = `import { NoWork } from 'heddle'
export const nothing: Error = new NoWork('why')
// @ts-expect-error a reason is a text
export const wrong = new NoWork(1)
`

describe('the published package', () => {
  it('works from an empty prefix: init, run, and again with nothing to do', (t) => {
    const folder = temporaryFolder(t)
    output('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) as string
    const packed = output('tar', ['-tzf', join(folder, tarball)], { cwd: folder })
      .trim()
      .split('\n')
    for (const file of [
      'bin/heddle',
      'bin/heddle.mjs',
      'dist/cli/main.js',
      'dist/index.js',
      'dist/index.d.ts',
      'schema/heddle.schema.json',
      'docs/reference/pipeline-file.md',
      'docs/how-to/bodies.md',
      'LICENSE',
    ]) {
      assert.ok(packed.includes(`package/${file}`), `${file} is not in the package`)
    }
    const foreign = packed.filter((file) => /^package\/(?:src|test|bench|scripts|node_modules)\/|\.heddle\/|__pycache__/.test(file))
    assert.deepEqual(foreign, [])

    const prefix = join(folder, 'prefix')
    mkdirSync(prefix)
    output(
      'npm',
      [
        'install',
        '--global',
        '--prefix',
        prefix,

        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        join(folder, tarball),
      ],
      { cwd: folder },
    )
    const home = join(folder, 'home')
    mkdirSync(home)
    const env = plainEnvironment({ HOME: home, XDG_CACHE_HOME: join(home, 'cache') })
    const heddle = join(prefix, 'bin', 'heddle')
    assert.match(output(heddle, ['--version'], { cwd: home, env }), /^heddle \d+\.\d+\.\d+\n$/)
    output(heddle, ['init', 'climate'], { cwd: home, env })
    const climate = join(home, 'climate')
    const first = lastEvent(output(heddle, ['run', '--json'], { cwd: climate, env }))
    assert.equal(first.state, 'completed')
    assert.ok((first.counts.completed ?? 0) > 0)
    assert.ok(existsSync(join(climate, 'output', 'climate.svg')))
    output(heddle, ['report', '-o', 'report.html'], { cwd: climate, env })
    assert.match(readFileSync(join(climate, 'report.html'), 'utf8'), /^<!doctype html>/i)
    const second = lastEvent(output(heddle, ['run', '--json'], { cwd: climate, env }))
    assert.equal(second.counts.attempts, 0)
    assert.equal(second.counts.reused, first.counts.completed)

    usesTypes(join(prefix, 'lib', 'node_modules', 'heddle'), join(folder, 'consumer'))
  })
})

interface Finished {
  readonly event: string
  readonly state: string
  readonly counts: Readonly<Record<string, number>>
}

function lastEvent(lines: string): Finished {
  const last = JSON.parse(lines.trim().split('\n').at(-1) as string) as Finished
  assert.equal(last.event, 'RunFinished')
  return last
}

/** A TypeScript project that imports the installed library: types hold, and wrong use is found. */
function usesTypes(installed: string, folder: string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
  symlinkSync(installed, join(folder, 'node_modules', 'heddle'))
  writeFileSync(join(folder, 'use.ts'), USE)
  const args = [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '--module', 'nodenext', '--strict', 'use.ts']
  output(join(ROOT, 'node_modules/.bin/node'), args, { cwd: folder })
}
