import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { processFacts } from '../../src/sites/local/processes.ts'
import { command, job, logText, openRig } from '../rig/local-rig.ts'

test('a command runs in the project folder with its environment, and what it prints comes back', async (t) => {
  const rig = openRig(t)
  const [end] = await rig.run(command('pwd; echo "$HEDDLE_QUANTUM"; echo oops >&2', { environment: { HEDDLE_QUANTUM: 'a@b="x\n\'y"' } }))
  assert.equal(end?.outcome.kind, 'completed')
  assert.equal(logText(end), `${rig.project}\na@b="x\n'y"\noops\n`)
  assert.deepEqual(
    rig.reports.map((report) => report.kind),
    ['started', 'ended'],
  )
})

test('exit codes, signals and no work are told apart', async (t) => {
  const rig = openRig(t)
  const ends = await rig.run(
    command('exit 3'),
    command('kill -SEGV $(exec sh -c "echo \\$PPID")'),
    command('exit 20', { noWork: 20 }),
    command('exit 20'),
    command('no-such-program'),
  )
  assert.deepEqual(
    ends.map(({ outcome }) => (outcome.kind === 'failed' ? [outcome.cause, outcome.exitCode, outcome.signal] : outcome.kind)),
    [['error', 3, null], ['error', 139, 'SIGSEGV'], 'noWork', ['error', 20, null], ['error', 127, null]],
  )
})

test('what is wrong with one command never reaches the next', async (t) => {
  const rig = openRig(t, { slots: 1 })
  const bad = [
    'if',
    'echo "open',
    'cat <<END\nno end',
    ')',
    'exit',
    'cd /; exit 1',
    'exec 3>&- 4>&-; exit 5',
    'set -e; false',
    'echo $((1/0))',
    'cat',
    'export PATH=',
    "'",
    'while',
    'trap "exit 9" EXIT',
    'done',
    '{',
    '}',
    'return 4',
    'break',
  ]
  for (const script of bad) {
    const [, end] = await rig.run(command(script), command('pwd; cat; echo fine'))
    assert.equal(logText(end), `${rig.project}\nfine\n`, script)
  }
  assert.equal(rig.processes.length, 1)
})

test('several lines, here-documents and pipes are one command', async (t) => {
  const rig = openRig(t)
  const [end] = await rig.run(command("cat <<'END' | tr a-z A-Z\nit's $HOME\nEND\necho two # comment"))
  assert.equal(logText(end), "IT'S $HOME\ntwo\n")
})

test('an argument list reaches its program as it is', async (t) => {
  const rig = openRig(t)
  const words = ['-n', "it's", '$HOME `id` "x" \\', 'two\nlines', 'ä 😀', '', '*', ';rm', '#', 'A=b']
  const script = 'const fs=require("fs");fs.writeFileSync("words.json",JSON.stringify(process.argv.slice(1)))'
  const [end, echo, none] = await rig.run(
    job({ kind: 'program', argv: [process.execPath, '-e', script, '--', ...words] }),
    job({ kind: 'program', argv: ['echo', 'a\\tb'] }),
    job({ kind: 'program', argv: [] }),
  )
  assert.equal(end?.outcome.kind, 'completed', logText(end))
  assert.deepEqual(JSON.parse(readFileSync(join(rig.project, 'words.json'), 'utf8')), words)
  assert.equal(logText(echo), 'a\\tb\n')
  assert.equal(none?.outcome.kind, 'failed')
})

test('a NUL byte is refused and nothing else is harmed', async (t) => {
  const rig = openRig(t)
  const [bad, good] = await rig.run(command('echo \0'), command('echo good'))
  assert.match(bad?.outcome.kind === 'failed' ? bad.outcome.message : '', /NUL/)
  assert.equal(logText(good), 'good\n')
})

test('standard output and error are files that a command may open again', async (t) => {
  const rig = openRig(t)
  const [end] = await rig.run(command('echo one >/dev/stderr; echo two >/dev/stdout'))
  assert.equal(end?.outcome.kind, 'completed', logText(end))
})

test('a large log comes as a file', async (t) => {
  const rig = openRig(t)
  const [end] = await rig.run(command('seq 1 100000'))
  assert.equal(end?.log.kind, 'file')
  if (end?.log.kind === 'file') assert.equal(statSync(end.log.path).size, end.log.bytes)
})

test('each of many commands answers for itself, in few turns', async (t) => {
  const rig = openRig(t)
  const jobs = Array.from({ length: 300 }, (_, i) => command(`echo ${i}; exit ${i % 7}`))
  const ends = await rig.run(...jobs)
  assert.deepEqual(
    ends.map(logText),
    jobs.map((_, i) => `${i}\n`),
  )
  assert.deepEqual(
    ends.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.exitCode : 0)),
    jobs.map((_, i) => i % 7),
  )
  assert.equal(rig.reports.length, 600)
})

test('what waits behind a long command goes to a free slot', async (t) => {
  const rig = openRig(t)
  await rig.run(...Array.from({ length: 100 }, () => command(':')))
  const long = command('while ! [ -e go ]; do sleep 0.01; done')
  const others = Array.from({ length: 40 }, () => command(':'))
  const end = rig.ended(long)
  rig.site.start([long])
  await rig.run(...others)
  rig.file('go', '')
  assert.equal((await end).outcome.kind, 'completed')
})

test('cancel ends what runs and what waits, and spares the rest', async (t) => {
  const rig = openRig(t, { slots: 1 })
  await rig.run(...Array.from({ length: 50 }, () => command(':')))
  const [running, waiting, spared] = [command('touch begun; sleep 100'), command('echo waited'), command('echo spared')]
  const ends = Promise.all([running, waiting, spared].map((each) => rig.ended(each)))
  rig.site.start([running, waiting, spared])
  rig.site.cancel([waiting, running])
  const outcomes = (await ends).map(({ outcome }) => outcome.kind)
  assert.deepEqual(outcomes, ['failed', 'failed', 'completed'])
})

test('nothing is left when the site has closed', async (t) => {
  const rig = openRig(t)
  const ends = await rig.run(command('sleep 1000 & echo $!'), command('setsid sh -c "echo \\$\\$; exec sleep 1000" & sleep 0.2'))
  rig.site.start([command('sleep 1000')])
  const left = ends.map((end) => Number(logText(end)))
  await rig.site.close()
  for (const pid of [...left, ...rig.processes]) assert.ok(pid > 1 && ['Z', undefined].includes(processFacts(pid)?.state))
})
