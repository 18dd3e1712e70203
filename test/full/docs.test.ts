/** README, tutorial and how-to pages do what they say: every command in them is run, in a fresh home. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { missingLine, readGuide, type Step } from '../rig/guide.ts'
import { type TrialProject, trialProject } from '../rig/trial-project.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PAGES = [
  'README.md',
  'docs/tutorial.md',
  'docs/reference/json.md',
  'docs/reference/files.md',
  ...globSync('docs/how-to/*.md', { cwd: ROOT }).sort(),
]

describe('the pages do what they say:', () => {
  for (const page of PAGES) {
    test(page, () => {
      using home = trialProject()
      const steps = readGuide(readFileSync(join(ROOT, page), 'utf8'))
      assert.ok(steps.some((step) => step.kind === 'command'))
      let folder = home.folder
      for (const step of steps) folder = take(step, { page, folder, home })
    })
  }
})

/** Takes a step; the answer is the folder that the reader is in afterwards. */
function take(step: Step, { page, folder, home }: { page: string; folder: string; home: TrialProject }): string {
  const place = `${page}:${step.line}`
  if (step.kind === 'command') {
    const script = `${step.command}\nstatus=$?\npwd > "$HOME/where"\nexit $status`
    const ended = spawnSync('sh', ['-c', script], { cwd: folder, env: home.environment, encoding: 'utf8', timeout: 60_000 })
    const output = ended.stdout + ended.stderr
    assert.equal(ended.status, step.exitCode, `${place}: ${step.command}\n${output}`)
    const missing = missingLine(step.expected, output)
    assert.equal(missing, undefined, `${place}: ${step.command} does not print the line ${JSON.stringify(missing)}; it prints\n${output}`)
    const where = join(home.environment['HOME'] as string, 'where')
    return existsSync(where) ? readFileSync(where, 'utf8').replace(/\n$/, '') : folder
  }
  const file = join(folder, step.path)
  if (step.kind === 'file') writeFileSync(file, step.text)
  else {
    const lines = readFileSync(file, 'utf8').split('\n')
    const at = lines.findIndex((line) => line.trim() === step.below)
    assert.ok(at >= 0, `${place}: ${step.path} has no line ${JSON.stringify(step.below)}`)
    writeFileSync(file, [...lines.slice(0, at + 1), step.text.replace(/\n$/, ''), ...lines.slice(at + 1)].join('\n'))
  }
  return folder
}
