import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { breaches, REACH } from '../../scripts/import-rule.ts'

const specifiers = (file: string, text: string) => breaches(file, text).map((breach) => breach.specifier)

describe('the import rule', () => {
  it('refuses an import against the direction, at any depth', () => {
    const text = "import type { Value } from '../../model/value.ts'\nimport { run } from '../../engine/run.ts'\n"
    assert.deepEqual(breaches('plan/expression/evaluate.ts', text), [
      {
        file: 'plan/expression/evaluate.ts',
        line: 2,
        specifier: '../../engine/run.ts',
        why: 'plan/ may import model/, pipeline/',
      },
    ])
  })

  it('sees re-exports, imports of several lines, bare imports and dynamic ones', () => {
    assert.deepEqual(specifiers('model/a.ts', "export { x } from '../plan/x.ts'\n"), ['../plan/x.ts'])
    assert.deepEqual(specifiers('model/a.ts', "import {\n  x,\n  y,\n} from '../plan/x.ts'\n"), ['../plan/x.ts'])
    assert.deepEqual(specifiers('model/a.ts', "import '../plan/x.ts'\n"), ['../plan/x.ts'])
    assert.deepEqual(specifiers('model/a.ts', "  const { x } = await import('../plan/x.ts')\n"), ['../plan/x.ts'])
  })

  it('keeps built-in modules but node:crypto out of the pure folders', () => {
    for (const folder of ['model', 'pipeline', 'plan', 'scheduler']) {
      const text = "import { hash } from 'node:crypto'\nimport { readFileSync } from 'node:fs'\n"
      assert.deepEqual(specifiers(`${folder}/a.ts`, text), ['node:fs'])
    }
    assert.deepEqual(specifiers('engine/a.ts', "import { readFileSync } from 'node:fs'\n"), [])
  })

  it('lets the folders around the engine import its types, and nothing that runs', () => {
    assert.deepEqual(specifiers('store/sqlite/a.ts', "import type { Store } from '../../engine/store.ts'\n"), [])
    assert.deepEqual(specifiers('store/sqlite/a.ts', "import { run } from '../../engine/run.ts'\n"), ['../../engine/run.ts'])
  })

  it('refuses a folder that the table does not name', () => {
    assert.match(breaches('utils/a.ts', '')[0]?.why ?? '', /src\/utils is not in the table/)
    assert.equal(REACH.utils, undefined)
  })

  it('fails as a command, with file and line', (t) => {
    const root = mkdtempSync(join(tmpdir(), 'heddle-import-rule-'))
    t.after(() => rmSync(root, { recursive: true }))
    mkdirSync(join(root, 'scheduler'))
    writeFileSync(join(root, 'scheduler', 'step.ts'), "\nimport { Engine } from '../engine/run.ts'\n")
    const script = join(import.meta.dirname, '../../scripts/import-rule.ts')
    const bad = spawnSync(process.execPath, [script, root], { encoding: 'utf8' })
    assert.equal(bad.status, 1)
    assert.match(bad.stderr, /scheduler\/step\.ts:2: error import-rule: \.\.\/engine\/run\.ts: scheduler\/ may import model\//)
    const good = spawnSync(process.execPath, [script, join(import.meta.dirname, '../../src')], { encoding: 'utf8' })
    assert.equal(good.stderr, '')
    assert.equal(good.status, 0)
  })
})
