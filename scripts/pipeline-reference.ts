/** Renders docs/reference/pipeline-file.md from the schema. */

interface Schema {
  readonly $ref?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly required?: readonly string[]
  readonly $defs?: Readonly<Record<string, Schema>>
}

const SECTIONS: Readonly<Record<string, string>> = {
  parameter: 'A parameter',
  dimension: 'A dimension',
  relation: 'A relation',
  dataset: 'A dataset type',
  task: 'A task',
  input: 'An input',
  prerequisite: 'A prerequisite',
  output: 'An output',
  resources: 'Resources',
  retry: 'Retry',
}

/** The whole page. */
export function renderReference(root: Schema): string {
  const parts = [
    '# The pipeline file',
    '',
    '<!-- Made from schema/heddle.schema.json by scripts/generate. Do not edit. -->',
    '',
    `${root.description ?? ''} Keys that are not on this page are refused. \`heddle lint\` checks a file against this and much more.`,
    '',
    ...table(root, root),
  ]
  for (const [name, title] of Object.entries(SECTIONS)) {
    const section = root.$defs?.[name] as Schema
    parts.push('', `## ${title}`, '', section.description ?? '', '', ...table(section, root))
  }
  return `${parts.join('\n')}\n`
}

function table(schema: Schema, root: Schema): string[] {
  const rows = Object.entries(schema.properties ?? {}).map(([key, declared]) => {
    const target = declared.$ref === undefined ? declared : (root.$defs?.[declared.$ref.replace('#/$defs/', '')] as Schema)
    const mark = schema.required?.includes(key) === true ? ' (needed)' : ''
    return `| \`${key}\`${mark} | ${kind(target, root)} | ${cell(declared.description ?? target.description ?? '')} |`
  })
  return ['| key | value | meaning |', '|---|---|---|', ...rows]
}

function kind(schema: Schema, root: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ')
  const types = schema.type === undefined ? ['anything'] : typeof schema.type === 'string' ? [schema.type] : schema.type
  return types
    .filter((type) => type !== 'null')
    .map((type) => WORDS[type] ?? type)
    .map((word) => (word === 'list' ? `list${ofItems(schema, root)}` : word))
    .join(' or ')
}

function ofItems(schema: Schema, root: Schema): string {
  return schema.items === undefined ? '' : ` (${kind(schema.items, root)})`
}

const WORDS: Readonly<Record<string, string>> = { object: 'mapping', string: 'text', array: 'list', boolean: '`true` or `false`' }

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\{[A-Za-z.]+\}/g, '`$&`')
}
