/** Work that feeds back: its numbers, and that a longer simulation goes on from where the shorter one stopped. */
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type TrialProject, trialProject } from '../rig/trial-project.ts'

interface Result {
  readonly lyapunov_exponent: number
  readonly standard_error: number
  readonly final_spread: number
}

function result(project: TrialProject): Result {
  return JSON.parse(readFileSync(join(project.folder, 'output', 'lyapunov.json'), 'utf8')) as Result
}

describe('the ensemble example', () => {
  test('finds the Lyapunov exponent that the literature gives for the Lorenz system', () => {
    using project = trialProject('ensemble')
    const { state, counts } = project.run()
    assert.equal(state, 'completed')
    assert.equal(counts['completed'], 1 + 20 + 20 * 60 + 60 + 20 + 1 + 1)
    const { lyapunov_exponent, standard_error, final_spread } = result(project)
    assert.ok(Math.abs(lyapunov_exponent - 0.9056) < 0.015, `${lyapunov_exponent}`)
    assert.ok(standard_error > 0 && standard_error < 0.01, `${standard_error}`)
    assert.ok(final_spread > 5 && final_spread < 25, `${final_spread}`)
  })

  test('goes on from the last segment when there is one more, and simulates nothing twice', () => {
    using project = trialProject('ensemble')
    project.run()
    appendFileSync(join(project.folder, 'segments.csv'), '61\n')
    const plan = project.json('plan', '--summary') as { tasks: Record<string, { run: number; reuse: number }> }
    assert.deepEqual([plan.tasks['simulate']?.run, plan.tasks['simulate']?.reuse], [20, 1200])
    const { counts } = project.run()
    // One segment a member with its growth, one spread, the estimate and the picture.
    assert.equal(counts['completed'], 20 + 20 + 1 + 1 + 1)
  })

  test('has no chaos below the critical heating', () => {
    using project = trialProject('ensemble')
    assert.equal(project.run('--param', 'rho=18').state, 'completed')
    assert.ok(result(project).lyapunov_exponent < -0.1)
  })
})
