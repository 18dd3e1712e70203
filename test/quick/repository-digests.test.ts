import assert from 'node:assert/strict'
import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { sha256 } from '../../src/model/canonical.ts'
import { HeddleError } from '../../src/model/errors.ts'
import { openFileDigests } from '../../src/repository/digests/file-digests.ts'
import { openFileSource } from '../../src/repository/fs-source.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

function project(t: TestContext) {
  const folder = temporaryFolder(t)
  const database = openDatabase(':memory:')
  return { folder, database, write: (path: string, text: string) => writeFileSync(join(folder, path), text) }
}

/** Puts the moment of hashing so many milliseconds after the file's last change, with a digest that shows where it came from. */
function pretendHashed(database: DatabaseSync, folder: string, path: string, laterMs: number): void {
  const changed = Number(statSync(join(folder, path)).ctimeMs)
  database.prepare('UPDATE files SET hashed = ?, digest = ? WHERE path = ?').run(Math.floor(changed + laterMs), Buffer.alloc(32, 7), path)
}

test('a digest is remembered by stat, but not trusted when the file changed within two seconds of its hashing', (t) => {
  const { folder, database, write } = project(t)
  write('a', 'one')
  utimesSync(join(folder, 'a'), 1000, 1000)
  const first = openFileDigests(folder, database)
  assert.deepEqual(first.digest('a'), { digest: sha256('one'), size: 3 })
  first.flush()
  const remembered = Buffer.alloc(32, 7).toString('hex')
  pretendHashed(database, folder, 'a', 1500)
  assert.equal(openFileDigests(folder, database).digest('a')?.digest, sha256('one'))
  pretendHashed(database, folder, 'a', 2500)
  assert.equal(openFileDigests(folder, database).digest('a')?.digest, remembered)
  const loaded = openFileDigests(folder, database)
  loaded.preload('')
  assert.equal(loaded.digest('a')?.digest, remembered)
  write('a', 'two')
  assert.equal(loaded.digest('a')?.digest, sha256('two'))
})

test('the digest of a folder follows its contents, and there is none of what is absent', (t) => {
  const { folder, database, write } = project(t)
  mkdirSync(join(folder, 'd/e'), { recursive: true })
  write('d/e/x', '1')
  const digests = openFileDigests(folder, database)
  const before = digests.digest('d')
  assert.equal(before?.size, 1)
  write('d/e/x', '2')
  assert.notEqual(digests.digest('d')?.digest, before.digest)
  write('d/e/x', '1')
  assert.equal(digests.digest('d')?.digest, before.digest)
  assert.equal(digests.digest('none'), undefined)
})

test('a source gives text, and refuses folders, binary, other encodings and too much', (t) => {
  const { folder, database, write } = project(t)
  const source = openFileSource(folder, openFileDigests(folder, database))
  write('a.py', 'é\n')
  writeFileSync(join(folder, 'binary'), Buffer.from([0, 1]))
  writeFileSync(join(folder, 'latin'), Buffer.from([0xe9]))
  mkdirSync(join(folder, 'd'))
  assert.equal(source.read('a.py'), 'é\n')
  assert.equal(source.read('none'), undefined)
  assert.equal(source.digest('a.py'), sha256('é\n'))
  assert.deepEqual([source.kind('a.py'), source.kind('d'), source.kind('none')], ['file', 'directory', 'absent'])
  const told = (path: string, pattern: RegExp, limit?: number) =>
    assert.throws(
      () => source.read(path, limit),
      (error) => error instanceof HeddleError && error.code === 'file-unreadable' && pattern.test(error.message),
    )
  told('d', /it is a folder/)
  told('binary', /binary/)
  told('latin', /UTF-8/)
  told('a.py', /more than the 2 B allowed/, 2)
})
