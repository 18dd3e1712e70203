/** Pages of docs/reference that are written by hand say what the program does. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonicalJson, sha256 } from '../../src/model/canonical.ts'
import { openDatabase } from '../../src/store/sqlite/open.ts'
import { trialProject } from '../rig/trial-project.ts'

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs/reference', name), 'utf8')

/** JSON blocks of identity.md, each with the digest that is named below it. */
const IDENTITY = page('identity.md')
const EXAMPLES = [...IDENTITY.matchAll(/^```json\n(.*)\n```\n\n(?:Its fingerprint|It) is `([0-9a-f]{64})`/gm)].map(
  ([, text = '', digest]) => ({ text, digest }),
)

test('every text of identity.md is canonical and has the digest below it', () => {
  assert.equal(EXAMPLES.length, IDENTITY.match(/^```json$/gm)?.length)
  for (const { text, digest } of EXAMPLES) {
    assert.equal(canonicalJson(JSON.parse(text)), text)
    assert.equal(sha256(text), digest)
  }
})

test('the program gives the quanta of identity.md these fingerprints, and keeps in .heddle what files.md lists', () => {
  using project = trialProject('minimal')
  project.run()

  const { quanta } = project.json('plan') as unknown as { quanta: { id: string; content: string }[] }

  assert.deepEqual(
    quanta.filter(({ id }) => id !== 'greet@name=grace').map(({ content }) => content),
    EXAMPLES.slice(0, 2).map(({ digest }) => digest),
  )
  const listed =
    page('files.md')
      .match(/^\| `(heddle\.db|objects|graphs|logs|tmp|cache|schema|lock).*/gm)
      ?.join('\n') ?? ''
  const names = readdirSync(join(project.folder, '.heddle')).map((name) => name.replace(/-(wal|shm)$/, ''))
  assert.deepEqual(
    names.filter((name) => !listed.includes(`\`${name}`)),
    [],
  )
})

test('files.md lists every table of the database', () => {
  using database = openDatabase(':memory:')
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  const section = /## The database\n([^]*?)\n## /.exec(page('files.md'))?.[1] ?? ''
  const rows = [...section.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? [])

  assert.deepEqual(rows.sort(), tables.map(({ name }) => name).sort())
})
