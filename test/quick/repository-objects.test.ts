import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sha256 } from '../../src/model/canonical.ts'
import { HeddleError } from '../../src/model/errors.ts'
import { openObjects } from '../../src/repository/objects/object-store.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

function store(t: TestContext) {
  const folder = temporaryFolder(t)
  const heddleFolder = join(folder, '.heddle')
  return { folder, heddleFolder, objects: openObjects({ heddleFolder }) }
}

const leftovers = (heddleFolder: string) => readdirSync(join(heddleFolder, 'tmp'))

test('a file that is put moves to the place that its digest names and is read-only there', (t) => {
  const { folder, objects } = store(t)
  const file = join(folder, "-odd 'name'\n")
  writeFileSync(file, 'hello', { mode: 0o755 })
  assert.deepEqual(objects.put(file), { digest: sha256('hello'), size: 5 })
  const path = objects.path(sha256('hello'))
  assert.equal(path, join(folder, '.heddle/objects', sha256('hello').slice(0, 2), sha256('hello').slice(2)))
  assert.equal(statSync(path).mode & 0o777, 0o555)
  assert.equal(statSync(file, { throwIfNoEntry: false }), undefined)
  assert.equal(Buffer.from(objects.read(sha256('hello'))).toString(), 'hello')
})

test('a file that is linked from elsewhere is copied, so that writing there does not change the object', (t) => {
  const { folder, objects } = store(t)
  writeFileSync(join(folder, 'input'), 'one')
  linkSync(join(folder, 'input'), join(folder, 'hard'))
  symlinkSync('input', join(folder, 'soft'))
  const hard = objects.put(join(folder, 'hard'))
  assert.deepEqual(objects.put(join(folder, 'soft')), hard)
  writeFileSync(join(folder, 'input'), 'two')
  assert.equal(Buffer.from(objects.read(hard.digest)).toString(), 'one')
  assert.equal(objects.verify(hard.digest), 'sound')
  assert.deepEqual(readdirSync(folder).sort(), ['.heddle', 'input'])
})

test('a folder is an object by its paths, executable bits, links and contents, whatever their order or times', (t) => {
  const { folder, objects } = store(t)
  const make = (name: string, order: string[], mode = 0o644) => {
    mkdirSync(join(folder, name, 'sub'), { recursive: true })
    for (const file of order) writeFileSync(join(folder, name, 'sub', file), file, { mode })
    symlinkSync('sub/a', join(folder, name, 'link'))
    return objects.put(join(folder, name))
  }
  const first = make('first', ['a', 'b'])
  assert.deepEqual(make('second', ['b', 'a']), first)
  assert.equal(first.size, 2)
  assert.notEqual(make('executable', ['a', 'b'], 0o755).digest, first.digest)
  assert.equal(objects.verify(first.digest), 'sound')
  assert.equal(statSync(join(objects.path(first.digest), 'sub/a')).mode & 0o777, 0o444)
})

test('an object that was damaged is found out, and putting it again heals it', (t) => {
  const { objects } = store(t)
  const { digest } = objects.putBytes(Buffer.from('sound'))
  chmodSync(objects.path(digest), 0o644)
  writeFileSync(objects.path(digest), 'soun')
  assert.equal(objects.verify(digest), 'damaged')
  assert.deepEqual(objects.removeDamaged(Date.now() + 60_000), [])
  assert.deepEqual(objects.removeDamaged(0), [digest])
  assert.equal(objects.has(digest), false)
  objects.putBytes(Buffer.from('sound'))
  chmodSync(objects.path(digest), 0o644)
  writeFileSync(objects.path(digest), 'soun')
  objects.putBytes(Buffer.from('sound'))
  assert.equal(objects.verify(digest), 'sound')
  assert.equal(objects.verify(sha256('other')), undefined)
})

test('a listing answers for objects by their bytes', (t) => {
  const { objects } = store(t)
  const { digest } = objects.putBytes(Buffer.from('x'))
  const asked = Buffer.concat([Buffer.from(digest, 'hex'), Buffer.from(sha256('y'), 'hex')])
  const listing = objects.listing()
  assert.deepEqual([listing.has(asked, 0), listing.has(asked, 32)], [true, false])
  assert.deepEqual([...listing.all()], [digest])
})

test('what is neither file nor folder is refused, and a missing object is told', (t) => {
  const { folder, heddleFolder, objects } = store(t)
  execFileSync('mkfifo', [join(folder, 'pipe')])
  assert.throws(
    () => objects.put(join(folder, 'pipe')),
    (error) => error instanceof HeddleError && error.code === 'file-kind',
  )
  assert.throws(
    () => objects.read(sha256('none')),
    (error) => error instanceof HeddleError && error.code === 'object-missing',
  )
  assert.deepEqual(leftovers(heddleFolder), [])
})

/** Mounts a file system of 1 MiB, where this user may. */
function tinyDisk(t: TestContext, ...options: string[]): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', ['size=1m', ...options].join(), 'tmpfs', folder]).status === 0
  t.after(() => {
    if (mounted) execFileSync('umount', [folder])
    rmdirSync(folder)
  })
  return mounted ? folder : undefined
}

test('a full disk is told with a next step, and nothing half-written stays', (t) => {
  const disk = tinyDisk(t)
  if (disk === undefined) {
    t.skip('mounting a small disk takes rights that this user lacks')
    return
  }
  const objects = openObjects({ heddleFolder: disk })
  const large = join(temporaryFolder(t), 'large')
  writeFileSync(large, Buffer.alloc(2 * 2 ** 20, 'x'))
  for (const attempt of [() => objects.putCopy(large), () => objects.put(large), () => objects.putBytes(readFileSync(large))]) {
    assert.throws(attempt, (error) => error instanceof HeddleError && error.code === 'store-full' && error.hint !== undefined)
    assert.deepEqual(leftovers(disk), [])
  }
  assert.deepEqual([...objects.listing().all()], [])
  assert.equal(statSync(large).size, 2 * 2 ** 20)
})

test('a folder that may not be written to is told with a next step', (t) => {
  const disk = tinyDisk(t, 'ro')
  if (disk === undefined) {
    t.skip('mounting a small disk takes rights that this user lacks')
    return
  }
  const readOnly = (error: unknown) => error instanceof HeddleError && error.code === 'store-read-only' && error.hint !== undefined
  assert.throws(() => openObjects({ heddleFolder: disk }).putBytes(Buffer.from('x')), readOnly)
})
