/**
 * Guides as programs. In a Markdown page
 *
 * - a `console` block holds commands behind `$ ` and below each what it prints, in part: every line must appear, in this order; `…` stands
 *   for anything; a command may end in `# exits with N`;
 * - a block marked `file=PATH` is written to that file, one marked `into=PATH below="LINE"` goes into it below that line.
 *
 * Blocks whose commands begin with npm are left out: other tests install and package.
 */

/** One thing that a reader of a guide does. */
export type Step =
  | {
      readonly kind: 'command'
      readonly line: number
      readonly command: string
      readonly exitCode: number
      readonly expected: readonly string[]
    }
  | { readonly kind: 'file'; readonly line: number; readonly path: string; readonly text: string }
  | { readonly kind: 'insert'; readonly line: number; readonly path: string; readonly below: string; readonly text: string }

/** The steps of a page, in order. */
export function readGuide(markdown: string): Step[] {
  const steps: Step[] = []
  for (const found of markdown.matchAll(/^```(\w*)(.*)\n([\s\S]*?)^```$/gm)) {
    const [, language, info = '', text = ''] = found
    const line = markdown.slice(0, found.index).split('\n').length + 1
    const path = /\b(?:file|into)=(\S+)/.exec(info)?.[1]
    const below = /\bbelow="([^"]*)"/.exec(info)?.[1]
    if (language === 'console') steps.push(...readConsole(text, line))
    else if (path !== undefined && below !== undefined) steps.push({ kind: 'insert', line, path, below, text })
    else if (path !== undefined) steps.push({ kind: 'file', line, path, text })
  }
  return steps
}

function readConsole(text: string, firstLine: number): Step[] {
  const steps: { kind: 'command'; line: number; command: string; exitCode: number; expected: string[] }[] = []
  text
    .trimEnd()
    .split('\n')
    .forEach((line, i) => {
      if (!line.startsWith('$ ')) {
        steps.at(-1)?.expected.push(line)
        return
      }
      const command = line.slice(2).replace(/\s+# .*$/, '')
      const exitCode = Number(/# exits with (\d+)$/.exec(line)?.[1] ?? 0)
      steps.push({ kind: 'command', line: firstLine + i, command, exitCode, expected: [] })
    })
  return steps.some(({ command }) => /^(npm|npx) /.test(command)) ? [] : steps
}

/** The first expected line that the output lacks, in order; undefined when all are there. */
export function missingLine(expected: readonly string[], output: string): string | undefined {
  const lines = output.split('\n').map(squeeze)
  let at = 0
  for (const line of expected) {
    const wanted = squeeze(line)
    if (wanted === '' || wanted === '…') continue
    const pattern = new RegExp(wanted.split(/ ?… ?/).map(escape).join('.*'))
    while (at < lines.length && !pattern.test(lines[at] as string)) at++
    if (at === lines.length) return line
    at++
  }
  return undefined
}

function squeeze(line: string): string {
  return line.replace(/\s+/g, ' ').trim()
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
