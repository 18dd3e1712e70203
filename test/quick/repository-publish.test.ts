import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sha256 } from '../../src/model/canonical.ts'
import { HeddleError } from '../../src/model/errors.ts'
import { openFileDigests } from '../../src/repository/digests/file-digests.ts'
import { openObjects } from '../../src/repository/objects/object-store.ts'
import { openPublisher } from '../../src/repository/publish.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

function project(t: TestContext) {
  const folder = temporaryFolder(t)
  const heddleFolder = join(folder, '.heddle')
  mkdirSync(heddleFolder)
  const database = openDatabase(':memory:')
  const objects = openObjects({ heddleFolder })
  const open = () => openPublisher({ folder, heddleFolder, database, objects, digests: openFileDigests(folder, database) })
  const text = (path: string) => readFileSync(join(folder, path), 'utf8')
  const write = (path: string, content: string) => writeFileSync(join(folder, path), content)
  const clean = () => assert.deepEqual(readdirSync(join(heddleFolder, 'tmp')), [])
  return { folder, objects, open, text, write, clean }
}

const inline = (content: string) => ({ digest: sha256(content), inline: Buffer.from(content) })

test('an output appears at its path, its user may edit it, and the object does not change with it', (t) => {
  const { objects, open, text, write, folder, clean } = project(t)
  const { digest } = objects.putBytes(Buffer.from('one'))
  const publisher = open()
  assert.deepEqual(publisher.publish('out/sub/ü "x".txt', { digest, inline: undefined }), { written: true, edited: undefined })
  assert.equal(text('out/sub/ü "x".txt'), 'one')
  assert.equal(statSync(join(folder, 'out/sub/ü "x".txt')).mode & 0o777, 0o666 & ~process.umask())
  write('out/sub/ü "x".txt', 'two')
  assert.equal(objects.verify(digest), 'sound')
  clean()
})

test('what stands there already is not written again, across processes and whatever its time stamp', (t) => {
  const { open, folder } = project(t)
  const first = open()
  first.publish('out.json', inline('1'))
  first.flush()
  const second = open()
  assert.equal(second.isPublished('out.json', sha256('1')), true)
  assert.equal(second.isPublished('out.json', sha256('2')), false)
  utimesSync(join(folder, 'out.json'), 1, 1)
  assert.equal(second.isPublished('out.json', sha256('1')), true)
  assert.deepEqual(second.publish('out.json', inline('1')), { written: false, edited: undefined })
  rmSync(join(folder, 'out.json'))
  assert.equal(second.isPublished('out.json', sha256('1')), false)
  assert.deepEqual(second.publish('out.json', inline('1')), { written: true, edited: undefined })
})

test('an output of an earlier run is replaced without a word', (t) => {
  const { objects, open, text, folder } = project(t)
  const first = open()
  first.publish('a.json', inline('1'))
  first.publish('b.txt', { digest: objects.putBytes(Buffer.from('one')).digest, inline: undefined })
  first.flush()
  const second = open()
  assert.equal(second.publish('a.json', inline('2')).edited, undefined)
  assert.equal(second.publish('b.txt', { digest: objects.putBytes(Buffer.from('two')).digest, inline: undefined }).edited, undefined)
  assert.deepEqual([text('a.json'), text('b.txt')], ['2', 'two'])
  assert.deepEqual(readdirSync(folder).sort(), ['.heddle', 'a.json', 'b.txt'])
})

test('what a person wrote at the path is kept beside, each time under a new name', (t) => {
  const { open, text, write, clean } = project(t)
  const publisher = open()
  write('a.json', 'mine')
  assert.deepEqual(publisher.publish('a.json', inline('1')), { written: true, edited: 'a.json.edited-1' })
  write('a.json', 'mine again')
  assert.equal(publisher.isPublished('a.json', sha256('1')), false)
  assert.deepEqual(publisher.publish('a.json', inline('1')), { written: true, edited: 'a.json.edited-2' })
  assert.deepEqual([text('a.json'), text('a.json.edited-1'), text('a.json.edited-2')], ['1', 'mine', 'mine again'])
  clean()
})

test('a person’s version is not mistaken for ours because its digest was looked up', (t) => {
  const { open, write, folder } = project(t)
  const publisher = open()
  publisher.publish('a.json', inline('1'))
  publisher.flush()
  write('a.json', 'mine')
  openFileDigests(folder, undefined).digest('a.json')
  open().isPublished('a.json', sha256('2'))
  assert.equal(open().publish('a.json', inline('2')).edited, 'a.json.edited-1')
})

test('a link or a folder that a person put at the path is kept, and the link’s target is not written to', (t) => {
  const { open, text, write, folder } = project(t)
  const publisher = open()
  write('precious', 'mine')
  symlinkSync('precious', join(folder, 'a.json'))
  mkdirSync(join(folder, 'b.json'))
  write('b.json/note', 'mine')
  assert.equal(publisher.publish('a.json', inline('1')).edited, 'a.json.edited-1')
  assert.equal(publisher.publish('b.json', inline('1')).edited, 'b.json.edited-1')
  assert.deepEqual([text('precious'), text('a.json'), text('b.json'), text('b.json.edited-1/note')], ['mine', '1', '1', 'mine'])
})

test('a folder is replaced as a whole, and an edit within it is noticed', (t) => {
  const { objects, open, text, write, folder, clean } = project(t)
  const folderObject = (...files: string[]) => {
    mkdirSync(join(folder, 'made'))
    for (const file of files) write(`made/${file}`, file)
    return { digest: objects.put(join(folder, 'made')).digest, inline: undefined }
  }
  const publisher = open()
  const [one, two] = [folderObject('a', 'b'), folderObject('b', 'c')]
  publisher.publish('out/all', one)
  publisher.flush()
  assert.equal(open().isPublished('out/all', one.digest), true)
  assert.deepEqual(open().publish('out/all', two), { written: true, edited: undefined })
  assert.deepEqual(readdirSync(join(folder, 'out/all')), ['b', 'c'])
  write('out/all/b', 'mine')
  assert.equal(publisher.isPublished('out/all', two.digest), false)
  assert.deepEqual(publisher.publish('out/all', two), { written: true, edited: 'out/all.edited-1' })
  assert.deepEqual([text('out/all/b'), text('out/all.edited-1/b')], ['b', 'mine'])
  clean()
})

test('a file where a folder must be is told, and nothing changes', (t) => {
  const { open, text, write } = project(t)
  write('out', 'mine')
  assert.throws(
    () => open().publish('out/a.json', inline('1')),
    (error) => error instanceof HeddleError && error.code === 'publish-blocked',
  )
  assert.equal(text('out'), 'mine')
})

test('an output whose folder is a link to another file system appears there whole, with nothing left beside it', (t) => {
  const { open, text, folder, clean } = project(t)
  if (!existsSync('/dev/shm') || statSync('/dev/shm').dev === statSync(folder).dev) {
    t.skip('this machine has no second file system to write to')
    return
  }
  const far = mkdtempSync('/dev/shm/heddle-')
  t.after(() => rmSync(far, { recursive: true }))
  symlinkSync(far, join(folder, 'out'))
  const publisher = open()
  publisher.publish('out/a.json', inline('1'))
  assert.deepEqual(publisher.publish('out/a.json', inline('2')), { written: true, edited: undefined })
  assert.deepEqual([text('out/a.json'), readdirSync(far)], ['2', ['a.json']])
  clean()
})
