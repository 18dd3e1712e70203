import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STATE } from '../../src/model/states.ts'
import { explain } from '../../src/scheduler/explain.ts'
import { PlayedRun, type Script } from '../rig/played-run.ts'
import { NO_RETRY, smallPlan } from '../rig/small-graph.ts'

const names = (run: PlayedRun): string[] =>
  [...run.state.quantum].map((code) => Object.entries(STATE).find(([, c]) => c === code)?.[0] as string)
const completes: Script = () => ({ kind: 'completed' })

function begun(...args: ConstructorParameters<typeof PlayedRun>): PlayedRun {
  const run = new PlayedRun(...args)
  run.tell({ kind: 'RunBegan' })
  return run
}

test('a failure blocks what needs it, and says by what', () => {
  const run = begun(
    smallPlan([
      { name: 'a', needs: [[], []] },
      { name: 'b', needs: [[0], [1]] },
      { name: 'c', needs: [[2, 3]] },
    ]),
  )
  run.play((q) => (q === 0 ? { kind: 'failed', cause: 'error' } : { kind: 'completed' }))
  assert.deepEqual(names(run), ['failed', 'completed', 'blocked', 'completed', 'blocked'])
  assert.deepEqual(
    run.events.flatMap((e) => (e.event === 'QuantumBlocked' ? [[e.q, e.by]] : [])),
    [
      [2, 0],
      [4, 0],
    ],
  )
  assert.deepEqual(run.events.at(-1), {
    event: 'RunFinished',
    run: 'r',
    state: 'failed',
    counts: { completed: 2, reused: 0, noWork: 0, pruned: 0, failed: 1, blocked: 2, cancelled: 0, attempts: 3 },
    seconds: 0.005,
  })
})

test('no work prunes what falls below its minimum, and what follows goes on as if it never was', () => {
  const run = begun(
    smallPlan([
      { name: 'a', needs: [[], []] },
      { name: 'b', needs: [[0], [0, 1]] },
      { name: 'c', needs: [[2, 3], [2]], minimum: 1 },
    ]),
  )
  run.play((q) => (q === 0 ? { kind: 'noWork' } : { kind: 'completed' }))
  assert.deepEqual(names(run), ['noWork', 'completed', 'pruned', 'completed', 'completed', 'pruned'])
  assert.equal(run.effects.at(-1)?.kind, 'FinishRun')
})

test('after: waits, is blocked by failure, and does not mind no work', () => {
  const tasks = [
    { name: 'a', needs: [[], []] },
    { name: 'b', needs: [[], []], after: [[0], [1]] },
  ]
  const run = begun(smallPlan(tasks))
  assert.deepEqual(
    run.running.map((r) => r.q),
    [0, 1],
  )
  run.play((q) => (q === 0 ? { kind: 'failed', cause: 'error' } : q === 1 ? { kind: 'noWork' } : { kind: 'completed' }))
  assert.deepEqual(names(run), ['failed', 'noWork', 'blocked', 'completed'])
})

test('the longest path ahead starts first, then the smallest number', () => {
  const run = begun(
    smallPlan([
      { name: 'a', needs: [[], [], [], []] },
      { name: 'b', needs: [[3]] },
    ]),
    { capacity: { cores: 1, memory: undefined, gpus: 0, disk: undefined, custom: {} } },
  )
  run.play(completes)
  assert.deepEqual(
    run.events.flatMap((e) => (e.event === 'JobSubmitted' ? [e.q] : [])),
    [3, 0, 1, 2, 4],
  )
})

test('a licence is given to one at a time while others go on', () => {
  const run = begun(
    smallPlan([
      { name: 'a', needs: [[], []], resources: { custom: { licence: 1 } } },
      { name: 'b', needs: [[]] },
    ]),
    {
      capacity: { cores: 4, memory: undefined, gpus: 0, disk: undefined, custom: { licence: 1 } },
    },
  )
  assert.deepEqual(
    run.running.map((r) => r.q),
    [0, 2],
  )
  assert.deepEqual(explain(run.state), [{ reason: 'waits for licence', count: 1 }])
  run.play(completes)
  assert.deepEqual(names(run), ['completed', 'completed', 'completed'])
})

test('a large quantum is not passed over for ever by small ones', () => {
  const early = begun(
    smallPlan([
      { name: 'small', needs: Array.from({ length: 400 }, () => []) },
      { name: 'big', needs: [[0]], resources: { cores: 2 } },
      { name: 'last', needs: [[400]] },
    ]),
  )
  early.play(completes)
  const order = early.events.flatMap((e) => (e.event === 'JobSubmitted' ? [e.q] : []))
  assert.ok(order.indexOf(400) < 100, `the large one came ${order.indexOf(400)}th`)
})

test('only the resource that ran out is scaled, up to what the site has', () => {
  const retry = { limit: 3, on: ['memory', 'walltime'] as const, scale: 4 }
  const run = begun(smallPlan([{ name: 'a', needs: [[]], resources: { memory: 100, walltime: 10 }, retry }]), {
    capacity: { cores: 1, memory: 1000, gpus: 0, disk: undefined, custom: {} },
  })
  run.play((_, attempt) =>
    attempt <= 2 ? { kind: 'failed', cause: 'memory' } : attempt === 3 ? { kind: 'failed', cause: 'walltime' } : { kind: 'completed' },
  )
  const given = run.effects.flatMap((e) => (e.kind === 'StartAttempt' ? [[e.resources.memory, e.resources.walltime]] : []))
  assert.deepEqual(given, [
    [100, 10],
    [400, 10],
    [1000, 10],
    [1000, 40],
  ])
  assert.deepEqual(names(run), ['completed'])
})

test('an infrastructure loss spends no try, but five in a row are the end', () => {
  const run = begun(smallPlan([{ name: 'a', needs: [[]], retry: NO_RETRY }]))
  run.play(() => ({ kind: 'failed', cause: 'infrastructure' }))
  assert.equal(run.state.attempts, 5)
  const failed = run.events.find((e) => e.event === 'QuantumFailed')
  assert.match(failed?.event === 'QuantumFailed' ? failed.message : '', /lost 5 times in a row/)
})

test('what an old attempt says is ignored', () => {
  const run = begun(smallPlan([{ name: 'a', needs: [[]] }]))
  run.tell({ kind: 'AttemptReturned', q: 0, attempt: 1 })
  run.tell({
    kind: 'AttemptSucceeded',
    q: 0,
    attempt: 1,
    noWork: null,
    outputs: [],
    usage: { wallSeconds: 1, cpuSeconds: null, peakMemoryBytes: null },
  })
  assert.deepEqual(names(run), ['running'])
  assert.equal(run.state.attempt[0], 2)
})

test('draining lets running work finish and cancels the rest; cancelling ends it', () => {
  const drained = begun(smallPlan([{ name: 'a', needs: [[], [], []] }]))
  drained.tell({ kind: 'DrainRequested' })
  drained.play(completes)
  assert.deepEqual(names(drained), ['completed', 'completed', 'cancelled'])
  const cancelled = begun(smallPlan([{ name: 'a', needs: [[], [], []] }]))
  cancelled.tell({ kind: 'CancelRequested' })
  assert.deepEqual(
    cancelled.effects.flatMap((e) => (e.kind === 'CancelAttempt' ? [e.q] : [])),
    [0, 1],
  )
  cancelled.play(() => ({ kind: 'failed', cause: 'error' }))
  assert.deepEqual(names(cancelled), ['cancelled', 'cancelled', 'cancelled'])
  for (const run of [drained, cancelled])
    assert.deepEqual(run.effects.at(-1)?.kind === 'FinishRun' && run.effects.at(-1), {
      kind: 'FinishRun',
      state: 'cancelled',
      counts: (run.effects.at(-1) as { counts: unknown }).counts,
    })
})

test('--fail-fast starts nothing after the first failure', () => {
  const run = begun(smallPlan([{ name: 'a', needs: [[], [], [], []] }]), { failFast: true })
  run.play((q) => (q === 0 ? { kind: 'failed', cause: 'error' } : { kind: 'completed' }))
  assert.deepEqual(names(run), ['failed', 'completed', 'cancelled', 'cancelled'])
  assert.equal(run.effects.at(-1)?.kind === 'FinishRun' && (run.effects.at(-1) as { state: string }).state, 'failed')
})

test('very short quanta are queued ahead, long ones and those with more than a core are not', () => {
  const run = begun(smallPlan([{ name: 'a', needs: Array.from({ length: 1000 }, () => []) }]))
  assert.equal(run.running.length, 2)
  run.end(0, { kind: 'completed' }, 0.0001)
  run.end(0, { kind: 'completed' }, 0.0001)
  assert.ok(run.running.length > 200, `${run.running.length} are out`)
  run.end(0, { kind: 'completed' }, 3)
  while (run.running.length > 2) run.end(0, { kind: 'completed' }, 3)
  assert.equal(run.running.length, 2)
})
