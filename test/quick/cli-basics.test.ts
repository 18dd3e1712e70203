import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const HEDDLE = fileURLToPath(new URL('../../bin/heddle', import.meta.url))
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heddle-cli-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function heddle(...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(HEDDLE, words, { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
  return { code: status, out: stdout, err: stderr }
}

describe('the command line', () => {
  test('says what it is and what to do next where there is no project', () => {
    const { code, out, err } = heddle()
    assert.equal(code, 0)
    assert.match(out, /heddle init climate/)
    assert.equal(err, '')
  })

  test('names the nearest command for one that it does not have', () => {
    const { code, out, err } = heddle('lnit')
    assert.equal(code, 2)
    assert.match(err, /did you mean "(lint|init)"/)
    assert.equal(out, '')
  })

  test('refuses an unknown flag with exit code 2 and where to look', () => {
    const { code, err } = heddle('lint', '--nonsense')
    assert.equal(code, 2)
    assert.match(err, /unknown option '--nonsense'/)
    assert.match(err, /heddle lint --help/)
  })

  test('knows words of other tools and says what is the same here', () => {
    for (const [words, hint] of [
      [['run', '-j', '4'], /--slots says how much/],
      [['run', '-j4'], /--slots says how much/],
      [['run', '--cores=4'], /--slots says how much/],
      [['run', '-n'], /`heddle plan` shows what would run/],
      [['list'], /`heddle query` lists/],
      [['dag'], /`heddle plan --graph svg`/],
    ] as const) {
      const { code, err } = heddle(...words)
      assert.equal(code, 2, words.join(' '))
      assert.match(err, hint)
    }
  })

  test('suggests an option in one line, as it suggests everything', () => {
    assert.match(heddle('run', '--slot', '2').err, /unknown option '--slot'; did you mean --slots\?\n/)
  })

  test('says its version however it is asked, and refuses other flags without a command', () => {
    for (const word of ['--version', '-V', '-v', 'version']) assert.match(heddle(word).out, /^heddle \d/, word)
    assert.equal(heddle('--nonsense').code, 2)
    assert.equal(heddle('--color', 'never', '-q').code, 0)
  })

  test('every command has help with an example', () => {
    const list = heddle('--help').out
    const names = [...list.matchAll(/^ {2}([a-z]+) {2}/gm)].map((match) => match[1] as string)
    assert.ok(names.length > 1)
    for (const name of names) {
      const { code, out } = heddle(name, '--help')
      assert.equal(code, 0, name)
      assert.match(out, new RegExp(`Usage: heddle ${name}`), name)
      assert.match(out, /\nExamples?:\n/, name)
    }
  })

  test('ends quietly when nobody reads its output', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"$0" --help | true; "$0" lint --help | head -1`, HEDDLE], {
      cwd: folder,
      encoding: 'utf8',
    })
    assert.equal(status, 0)
    assert.equal(stderr, '')
  })

  test('says that there is no project, and how to make one', () => {
    const { code, err } = heddle('lint')
    assert.equal(code, 2)
    assert.match(err, /no-project/)
    assert.match(err, /heddle init/)
  })
})

describe('init and lint', () => {
  test('a new project is well formed and names the schema in its first line', () => {
    assert.equal(heddle('init', 'mine').code, 0)
    const text = readFileSync(join(folder, 'mine', 'heddle.yaml'), 'utf8')
    const schema = /^# yaml-language-server: \$schema=(.*)\n/.exec(text)?.[1] as string
    assert.ok(existsSync(join(folder, 'mine', schema)))
    assert.match(text, /^name: mine$/m)
    const lint = heddle('lint', '--project', 'mine', '--json')
    assert.equal(lint.code, 0)
    assert.deepEqual(JSON.parse(lint.out), { ok: true, problems: [] })
  })

  test('init never overwrites', () => {
    writeFileSync(join(folder, 'heddle.yaml'), 'heddle: 1\n')
    const { code, err } = heddle('init', '.')
    assert.equal(code, 2)
    assert.match(err, /nothing was changed/)
    assert.equal(readFileSync(join(folder, 'heddle.yaml'), 'utf8'), 'heddle: 1\n')
  })

  test('a problem is named by file, line and column, as text and as JSON', () => {
    writeFileSync(join(folder, 'heddle.yaml'), 'heddle: 1\nname: x\ntaks: {}\n')
    const text = heddle('lint')
    assert.equal(text.code, 2)
    assert.match(text.err, /^heddle\.yaml:3:1: error \S+: /m)
    const { problems, ok } = JSON.parse(heddle('lint', '--json').out) as {
      ok: boolean
      problems: { file: string; line: number; column: number }[]
    }
    assert.equal(ok, false)
    assert.deepEqual([problems[0]?.file, problems[0]?.line, problems[0]?.column], ['heddle.yaml', 3, 1])
  })
})
