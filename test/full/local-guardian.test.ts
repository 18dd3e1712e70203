import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { processFacts } from '../../src/sites/local/processes.ts'

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 10))
}

function alive(pid: number): boolean {
  return !['Z', undefined].includes(processFacts(pid)?.state)
}

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  test(`no process is left behind when the engine ends by ${signal}`, async (t) => {
    const project = mkdtempSync(join(tmpdir(), 'heddle-guardian-'))
    t.after(() => rmSync(project, { recursive: true, force: true }))
    writeFileSync(
      join(project, 'body.py'),
      'import os, subprocess, time\ndef f():\n  subprocess.Popen(["sleep", "1000"])\n  open("pids", "a").write("%d\\n" % os.getpid())\n  time.sleep(1000)\n',
    )
    writeFileSync(
      join(project, 'body.ts'),
      "import { appendFileSync } from 'node:fs'\nexport const f = () => { appendFileSync('pids', `${process.pid}\\n`); for (;;); }\n",
    )
    const engine = spawn(process.execPath, [join(import.meta.dirname, '../rig/local-engine.ts'), project, project], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let told = ''
    engine.stdout.on('data', (data) => (told += String(data)))
    const pids = join(project, 'pids')
    const bodies = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : [])
    await until(() => bodies().length === 4)
    const all = [...bodies(), ...told.trim().split('\n').map(Number)]
    assert.ok(all.every(alive))
    engine.kill(signal)
    await until(() => !all.some(alive))
  })
}
