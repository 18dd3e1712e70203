/** Fails on a Markdown link that leads nowhere, to a page or a heading, a page that no index lists, a dependency without its line of reason, and an ARCHITECTURE.md that grew too long. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

function fail(file: string, message: string): void {
  console.error(`${file}: error documents: ${message}`)
  process.exitCode = 1
}

for (const file of globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'bench/*.md', 'schema/*.md']).sort()) {
  const text = readFileSync(file, 'utf8').replaceAll(/^```.*?^```/gms, '')
  for (const [, target = '', heading] of text.matchAll(/\]\(([^)\s#]*)(?:#([^)\s]*))?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const page = target === '' ? file : join(dirname(file), target)
    if (!existsSync(page)) fail(file, `the link to ${target} leads nowhere`)
    else if (heading !== undefined && page.endsWith('.md') && !headings(page).has(heading)) fail(file, `${page} has no heading #${heading}`)
  }
}

/** Headings of a page as links name them. */
function headings(page: string): Set<string> {
  const found = readFileSync(page, 'utf8')
    .replaceAll(/^```.*?^```/gms, '')
    .matchAll(/^#+ (.*)$/gm)
  return new Set(
    Array.from(found, ([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

for (const [index, pages] of [
  ['docs/README.md', globSync('docs/{*,how-to/*,reference/*}.md')],
  ['docs/decisions/README.md', globSync('docs/decisions/*.md')],
] as const) {
  const listed = readFileSync(index, 'utf8')
  for (const page of pages) {
    if (page !== index && !listed.includes(`](${relative(dirname(index), page)})`)) fail(index, `${page} is not listed`)
  }
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
const reasons = readFileSync('docs/decisions/dependencies.md', 'utf8')
for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
  if (!reasons.includes(`\`${name}\``)) fail('docs/decisions/dependencies.md', `${name} has no line of reason`)
}
for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
  if (!/^\d/.test(version)) fail('package.json', `${name} is not pinned to one version: ${version}`)
}

const lines = readFileSync('ARCHITECTURE.md', 'utf8').split('\n').length - 1
if (lines > 300) fail('ARCHITECTURE.md', `${lines} lines; at most 300`)
