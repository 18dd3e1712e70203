/** Files that are made from others and committed; a test proves that they are in sync. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { renderCommands } from './command-reference.ts'
import { renderErrors } from './error-reference.ts'
import { renderEvents } from './event-reference.ts'
import { renderReference } from './pipeline-reference.ts'

const ROOT = join(import.meta.dirname, '..')

/** Each generated file by its path, as it should be. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schema/heddle.schema.json'), 'utf8')) as Record<string, unknown>
  return {
    'src/pipeline/schema-validator.generated.js': renderValidator(schema),
    'docs/reference/pipeline-file.md': renderReference(schema),
    'docs/reference/commands.md': await renderCommands(),
    'docs/reference/errors.md': renderErrors(),
    'docs/reference/events.md': renderEvents(readFileSync(join(ROOT, 'src/model/events.ts'), 'utf8')),
  }
}

function renderValidator(schema: Record<string, unknown>): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, esm: true, lines: true },
  })
  const code = standalone.default(ajv, ajv.compile(schema))
  if (/\brequire\(/.test(code)) throw new Error('the validator would load ajv at run time: do without the keyword that needs it')
  return `// Made from schema/heddle.schema.json by scripts/generate. Do not edit.\n${code}`
}
