import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { RunControl } from '../../src/engine/control.ts'
import { runProject, writeProject } from '../rig/run-project.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const COUNTS = { completed: 0, reused: 0, noWork: 0, pruned: 0, failed: 0, blocked: 0, cancelled: 0, attempts: 0 }

const CLIMATE = `heddle: 1
name: small
dimensions:
  n: {type: int}
datasets:
  numbers: {dimensions: [n], path: "in/{n}.txt"}
  doubled: {dimensions: [n], format: text}
  sum: {format: json, path: out/sum.json}
tasks:
  double:
    dimensions: [n]
    inputs: {numbers: numbers}
    outputs: {doubled: doubled}
    command: awk '{print $1 * 2}' {inputs.numbers} > {outputs.doubled}
  add:
    inputs: {doubled: doubled}
    outputs: {sum: sum}
    command: cat {inputs.doubled} | awk '{s += $1} END {print s}' > {outputs.sum}
`
const INPUTS = { 'heddle.yaml': CLIMATE, 'in/1.txt': '1\n', 'in/2.txt': '2\n', 'in/3.txt': '3\n' }

test('a pipeline runs, its outputs appear, and a second run does nothing', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, INPUTS)
  const first = await runProject(folder)
  assert.equal(first.result.state, 'completed')
  assert.deepEqual(first.result.counts, { ...COUNTS, completed: 4, attempts: 4 })
  assert.equal(readFileSync(join(folder, 'out/sum.json'), 'utf8'), '12\n')
  assert.equal(first.events.at(-1)?.event, 'RunFinished')
  assert.equal(first.events[0]?.event, 'RunStarted')
  assert.deepEqual(readdirSync(join(folder, '.heddle/tmp')), [])

  const second = await runProject(folder)
  assert.deepEqual(second.result.counts, { ...COUNTS, reused: 4 })
  assert.deepEqual(
    second.events.map((event) => event.event),
    ['RunStarted', 'RunFinished'],
  )
})

test('a changed input runs only what depends on it, and stops where a file comes out equal', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, INPUTS)
  await runProject(folder)
  writeFileSync(join(folder, 'in/2.txt'), '2.0\n')
  const ran = await runProject(folder)
  assert.deepEqual(ran.states, { 'double@n=1': 'reused', 'double@n=2': 'completed', 'double@n=3': 'reused', add: 'reused' })
  const reused = ran.events.find((event) => event.event === 'QuantumReused')
  assert.match(String(reused?.['from']), /^\d{8}-\d{6}-small/)
})

test('an output at a path that was deleted or edited is put back, and the edited one kept', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, INPUTS)
  await runProject(folder)
  rmSync(join(folder, 'out/sum.json'))
  assert.deepEqual((await runProject(folder)).result.counts, { ...COUNTS, reused: 4 })
  assert.equal(readFileSync(join(folder, 'out/sum.json'), 'utf8'), '12\n')
  writeFileSync(join(folder, 'out/sum.json'), 'mine')
  const ran = await runProject(folder)
  assert.deepEqual(ran.result.counts, { ...COUNTS, reused: 4 })
  assert.equal(readFileSync(join(folder, 'out/sum.json'), 'utf8'), '12\n')
  assert.equal(readFileSync(join(folder, 'out/sum.json.edited-1'), 'utf8'), 'mine')
  assert.equal(ran.events.find((event) => event.event === 'Warned')?.['code'], 'output-edited')
})

const one = (task: string, datasets = 'out: {format: text, path: out.txt}'): Record<string, string> => ({
  'heddle.yaml': `heddle: 1\nname: one\ndatasets:\n  ${datasets}\ntasks:\n  work:\n    outputs: {out: out}\n${task}`,
})

test('a failing command fails its quantum with exit code and log, and the run', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, one('    command: "echo oh no >&2; exit 3 # {outputs.out}"\n'))
  const ran = await runProject(folder)
  assert.equal(ran.result.state, 'failed')
  const failed = ran.events.find((event) => event.event === 'QuantumFailed')
  assert.deepEqual([failed?.['quantum'], failed?.['exitCode'], failed?.['cause'], failed?.['attempt']], ['work', 3, 'error', 1])
})

test('an output that is not written fails the quantum and is named', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, one('    command: "true # {outputs.out}"\n'))
  const ran = await runProject(folder)
  const failed = ran.events.find((event) => event.event === 'QuantumFailed')
  assert.equal(failed?.['cause'], 'output')
  assert.match(String(failed?.['message']), /^output out was not written: a file was expected at /)
  assert.equal(existsSync(join(folder, 'out.txt')), false)
})

test('a json output that is no JSON fails the quantum', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, one('    command: "echo nope > {outputs.out}"\n', 'out: {format: json}'))
  const failed = (await runProject(folder)).events.find((event) => event.event === 'QuantumFailed')
  assert.match(String(failed?.['message']), /^output out is not JSON/)
})

test('a body that writes into .heddle, or over its input, fails', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, one('    command: "echo x > .heddle/mine; echo y > {outputs.out}"\n'))
  const failed = (await runProject(folder)).events.find((event) => event.event === 'QuantumFailed')
  assert.match(String(failed?.['message']), /wrote mine into \.heddle/)
  const other = temporaryFolder(t)
  writeProject(other, {
    ...INPUTS,
    'heddle.yaml': CLIMATE.replace('> {outputs.doubled}', '> {outputs.doubled}; echo 9 >> {inputs.numbers}'),
  })
  const changed = (await runProject(other)).events.find((event) => event.event === 'QuantumFailed')
  assert.equal(changed?.['cause'], 'input-changed')
})

test('an input that changes between plan and run is not taken for what it was', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, INPUTS)
  const ran = await runProject(folder, { afterPlan: () => appendFileSync(join(folder, 'in/1.txt'), '5\n') })
  assert.deepEqual(ran.states, { 'double@n=1': 'failed', 'double@n=2': 'completed', 'double@n=3': 'completed', add: 'blocked' })
  assert.equal(
    ran.events.find((event) => event.event === 'QuantumFailed')?.['message'],
    'input numbers@n=1 changed since the plan was made',
  )
})

test('no work of a command is no failure, and prunes what then has too few inputs', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, {
    ...INPUTS,
    'heddle.yaml': CLIMATE.replace('command: awk', 'noWork: 20\n    command: exit 20; awk'),
  })
  const ran = await runProject(folder)
  assert.deepEqual(ran.result.counts, { ...COUNTS, noWork: 3, pruned: 1, attempts: 3 })
  assert.equal(ran.result.state, 'completed')
  const again = await runProject(folder)
  assert.deepEqual(again.result.counts, { ...COUNTS, reused: 3, pruned: 1 })
})

test('Python functions get values and give values; small results stay in the store', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, {
    ...INPUTS,
    'work.py': 'def double(numbers, by):\n    return int(numbers) * by\n\ndef add(doubled):\n    return sum(doubled)\n',
    'heddle.yaml': CLIMATE.replace('numbers: {dimensions', 'numbers: {format: text, dimensions')
      .replace('doubled: {dimensions: [n], format: text}', 'doubled: {dimensions: [n], format: json}')
      .replace(/command: awk.*/, 'config: {by: 2}\n    python: "work:double"')
      .replace(/command: cat.*/, 'python: "work:add"'),
  })
  const ran = await runProject(folder)
  assert.deepEqual(
    [ran.result.counts, ran.events.filter((event) => event.event === 'QuantumFailed')],
    [{ ...COUNTS, completed: 4, attempts: 4 }, []],
  )
  assert.deepEqual(JSON.parse(readFileSync(join(folder, 'out/sum.json'), 'utf8')), 12)
  assert.equal(existsSync(join(folder, '.heddle/objects')), false)
  writeFileSync(join(folder, 'in/1.txt'), '10')
  const again = await runProject(folder)
  assert.deepEqual(again.result.counts, { ...COUNTS, completed: 2, reused: 2, attempts: 2 })
})

test('Ctrl-C once lets running work finish, twice ends it', async (t) => {
  for (const often of [1, 2]) {
    const folder = temporaryFolder(t)
    const control = new RunControl()
    writeProject(folder, {
      ...INPUTS,
      'heddle.yaml': CLIMATE.replace('command: awk', 'command: while [ ! -e go ]; do sleep 0.01; done; awk'),
    })
    let active = 0
    const ran = await runProject(folder, {
      control,
      onEvent: ({ event }) => {
        if (event !== 'JobStateChanged' || ++active < 2) return
        control.drain()
        if (often === 2) control.cancel()
        else writeFileSync(join(folder, 'go'), '')
      },
    })
    assert.equal(ran.result.state, 'cancelled')
    assert.deepEqual(
      ran.result.counts,
      often === 1 ? { ...COUNTS, completed: 2, cancelled: 2, attempts: 2 } : { ...COUNTS, cancelled: 4, attempts: 2 },
    )
  }
})

test('a run while another holds the project says who that is', async (t) => {
  const folder = temporaryFolder(t)
  writeProject(folder, INPUTS)
  let refused: unknown
  await runProject(folder, {
    onEvent: ({ event }) => {
      if (event === 'RunStarted') refused = runProject(folder).catch((error: unknown) => error)
    },
  })
  const error = (await refused) as { code: string; message: string }
  assert.equal(error.code, 'project-locked')
  assert.match(error.message, new RegExp(`in use by process ${process.pid} on .* \\(run \\d{8}-\\d{6}-small\\)`))
})
