/** docs/reference/identity.md: each JSON block has the digest that is named below it, and that is what the program says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonicalJson, sha256 } from '../../src/model/canonical.ts'
import { trialProject } from '../rig/trial-project.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/reference/identity.md'), 'utf8')
const EXAMPLES = [...PAGE.matchAll(/^```json\n(.*)\n```\n\n(?:Its fingerprint|It) is `([0-9a-f]{64})`/gm)].map(([, text = '', digest]) => ({
  text,
  digest,
}))

test('every text on the page is canonical and has the digest below it', () => {
  assert.equal(EXAMPLES.length, PAGE.match(/^```json$/gm)?.length)
  for (const { text, digest } of EXAMPLES) {
    assert.equal(canonicalJson(JSON.parse(text)), text)
    assert.equal(sha256(text), digest)
  }
})

test('the program gives the quanta on the page these fingerprints', () => {
  using project = trialProject('minimal')
  project.run()

  const { quanta } = project.json('plan') as unknown as { quanta: { id: string; content: string }[] }

  const contents = quanta.map(({ content }) => content)
  assert.deepEqual(
    [contents[0], contents[2]],
    EXAMPLES.slice(0, 2).map(({ digest }) => digest),
  )
})
