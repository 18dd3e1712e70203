import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { generatedFiles } from '../../scripts/generated-files.ts'
import { COMMANDS } from '../../src/cli/command-table.ts'

const ROOT = join(import.meta.dirname, '../..')

for (const [path, text] of Object.entries(await generatedFiles())) {
  test(`${path} is what scripts/generate makes of its source`, () => {
    assert.equal(readFileSync(join(ROOT, path), 'utf8'), text, 'run scripts/generate')
  })
}

test('every key of the schema of the pipeline file has a description', () => {
  const lacking: string[] = []
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const { properties } = value as { properties?: Record<string, Record<string, unknown>> }
    for (const [key, schema] of Object.entries(properties ?? {})) {
      if (typeof schema === 'object' && schema.description === undefined && schema.$ref === undefined && !path.endsWith('properties'))
        lacking.push(`${path}/${key}`)
    }
    for (const [key, inner] of Object.entries(value)) walk(inner, `${path}/${key}`)
  }

  walk(JSON.parse(readFileSync(join(ROOT, 'schema/heddle.schema.json'), 'utf8')), '')

  assert.deepEqual(lacking, [])
})

test('the reference says what every command prints with --json', () => {
  const page = readFileSync(join(ROOT, 'docs/reference/json.md'), 'utf8')

  assert.deepEqual(
    COMMANDS.map(({ name }) => name).filter((name) => !page.includes(`\n## heddle ${name}\n`)),
    [],
  )
})
