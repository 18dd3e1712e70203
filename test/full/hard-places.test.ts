import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { makeProject, type Project } from '../rig/heddle-project.ts'

const PIPELINE = (quanta: number, bytes: number, path = '') => `heddle: 1
name: places
dimensions: {n: {type: int, records: [${Array.from({ length: quanta }, (_, n) => `{n: ${n}}`).join(', ')}]}}
datasets: {made: {dimensions: [n], format: bytes${path}}}
tasks:
  make:
    dimensions: [n]
    outputs: {made: made}
    command: |
      echo {dataId.n} >> "$HEDDLE_PROJECT.count"; head -c ${bytes} /dev/zero > {outputs.made}
`

interface Counts {
  readonly completed: number
  readonly reused: number
  readonly attempts: number
}

function mount(...words: string[]): boolean {
  return spawnSync('mount', words, { stdio: 'ignore' }).status === 0
}

/** Mounts need root, and a kernel that lets it. */
const mounts = (() => {
  const project = makeProject({})
  const able = mount('-t', 'tmpfs', '-o', 'size=1m', 'none', project.folder)
  if (able) spawnSync('umount', [project.folder])
  project.remove()
  return able
})()

describe('where the disk takes no more', { skip: !mounts && 'file systems cannot be mounted here' }, () => {
  let project: Project
  let place: string

  beforeEach(() => {
    project = makeProject({ 'heddle.yaml': PIPELINE(1, 1) })
  })

  afterEach(() => {
    spawnSync('umount', [place])
    rmSync(`${project.folder}.count`, { force: true })
    project.remove()
  })

  function lastCounts(): Counts {
    return project.lines<{ counts: Counts }>('run').at(-1)?.counts as Counts
  }

  const began = (): number => readFileSync(`${project.folder}.count`, 'utf8').trimEnd().split('\n').length

  test('a store that is full says so, loses nothing and goes on when there is room', () => {
    place = join(project.folder, '.heddle')
    mkdirSync(place)
    assert.ok(mount('-t', 'tmpfs', '-o', 'size=300k', 'none', place))
    project.write('heddle.yaml', PIPELINE(200, 10))
    const { code, err } = project.heddle('run')
    assert.equal(code, 1)
    assert.match(err, /error store-failed: .*the disk is full\nhint: free some space and run again/)
    const { tasks } = project.json<{ tasks: { make: { completed: number } } }>('status')
    const before = began()
    assert.ok(mount('-o', 'remount,size=50m', place))
    const counts = lastCounts()
    assert.deepEqual([counts.completed, counts.reused], [200 - tasks.make.completed, tasks.make.completed])
    assert.equal(began(), before + counts.attempts)
  })

  test('a project that is full says so whatever fills it, and can still be looked at', () => {
    place = project.folder
    assert.ok(mount('-t', 'tmpfs', '-o', 'size=6m', 'none', place))
    project.write('heddle.yaml', PIPELINE(9, 1 << 20, ', path: "out/{n}.bin"'))
    const { code, out, err } = project.heddle('run')
    assert.equal(code, 1)
    assert.match(out + err, /full/)
    assert.doesNotMatch(err, /fault in Heddle/)
    assert.equal(project.heddle('status').code, 0)
    assert.ok(mount('-o', 'remount,size=90m', place))
    const counts = lastCounts()
    assert.equal(counts.completed + counts.reused, 9)
    assert.equal(project.heddle('run').code, 0)
  })

  test('a body that finds the disk full is told apart from one that is wrong', () => {
    place = join(project.folder, '.heddle')
    mkdirSync(place)
    assert.ok(mount('-t', 'tmpfs', '-o', 'size=4m', 'none', place))
    project.write('heddle.yaml', PIPELINE(1, 8 << 20))
    const { code, out } = project.heddle('run')
    assert.equal(code, 1)
    assert.match(out, /exit code 1: .*; the disk of \.heddle is full/)
  })

  test('a store that cannot be written can be read, and a run says what is wrong', () => {
    assert.equal(project.heddle('run').code, 0)
    place = join(project.folder, '.heddle')
    assert.ok(mount('--bind', place, place) && mount('-o', 'remount,ro,bind', place))
    for (const words of [['status'], ['plan'], ['query', 'datasets'], ['why', 'make@n=0'], ['get', 'made@n=0'], ['logs', 'make@n=0']]) {
      assert.equal(project.heddle(...words).code, 0, words.join(' '))
    }
    assert.match(project.heddle('doctor').out, /✓ store: sound[^]*✓ lock/)
    const { code, err } = project.heddle('run')
    assert.equal(code, 1)
    assert.match(err, /^error store-failed: .* cannot be (?:opened|written)\nhint: make the folder \.heddle writable\n$/)
  })

  test('a project that cannot be written can be planned, and a run says what is wrong', () => {
    place = project.folder
    assert.ok(mount('--bind', place, place) && mount('-o', 'remount,ro,bind', place))
    assert.equal(project.heddle('plan').code, 0)
    assert.match(project.heddle('run').err, /^error store-failed: .*\.heddle cannot be made: EROFS/)
  })
})
