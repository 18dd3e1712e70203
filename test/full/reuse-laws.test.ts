import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { meaningProject } from '../rig/meaning-project.ts'
import { drawWorld, projectOf } from '../rig/random-world.ts'

describe('a random pipeline', () => {
  it('is reused whole after it ran, in whatever order its work was over', () => {
    fc.assert(
      fc.property(fc.gen(), fc.integer({ min: 1, max: 4 }), (g, slots) => {
        const world = drawWorld(g)
        const tasks = world.tasks.map((task) => ({ ...task, prerequisites: [] }))
        const { yaml, files } = projectOf({ ...world, tasks })
        using project = meaningProject({ 'heddle.yaml': yaml, ...files })

        assert.equal(project.heddle('run', '--quiet', '--slots', String(slots)).code, 0)
        const { quanta } = project.plan()
        assert.deepEqual(
          quanta.filter(({ action }) => action !== 'reuse').map(({ id, reasons }) => [id, reasons]),
          [],
        )
        for (const { fingerprint, content } of quanta) assert.equal(fingerprint.length, content?.length)
      }),
      { numRuns: 10 },
    )
  })
})
