import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { lockHolder, lockProject } from '../../src/store/sqlite/project-lock.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

test('a lock is held by one, names its holder, and is free when given back', async (t) => {
  const file = join(temporaryFolder(t), 'lock')
  assert.equal(lockHolder(file), undefined)
  const lock = await lockProject(file, { wait: false })
  lock.name('20261121-082405-climate')
  assert.deepEqual([lockHolder(file)?.pid, lockHolder(file)?.run], [process.pid, '20261121-082405-climate'])
  await assert.rejects(lockProject(file, { wait: false }), {
    code: 'project-locked',
    message: /in use by process \d+ on .* \(run 20261121-082405-climate\)/,
  })
  lock.release()
  assert.equal(lockHolder(file), undefined)
  const again = await lockProject(file, { wait: false })
  assert.equal(lockHolder(file)?.run, null)
  again.release()
})

test('the lock of a process that was killed is free at once', async (t) => {
  const file = join(temporaryFolder(t), 'lock')
  const module = join(import.meta.dirname, '../../src/store/sqlite/project-lock.ts')
  const script = `const { lockProject } = await import(${JSON.stringify(module)}); await lockProject(${JSON.stringify(file)}, { wait: false }); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  assert.equal(lockHolder(file)?.pid, child.pid)
  const waiting = lockProject(file, { wait: true })
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = await waiting
  assert.equal(lockHolder(file)?.pid, process.pid)
  lock.release()
})

test('waiting for a lock can be given up', async (t) => {
  const file = join(temporaryFolder(t), 'lock')
  const lock = await lockProject(file, { wait: false })
  const stop = new AbortController()
  const waiting = lockProject(file, { wait: true, signal: stop.signal })
  stop.abort()
  await assert.rejects(waiting, { name: 'AbortError' })
  lock.release()
})
