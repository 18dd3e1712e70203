/** `heddle doctor`: whether this machine and project can do their work. */
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { addExamples, type Context } from '../context.ts'
import { type Check, checks } from '../doctor/checks.ts'
import { findProject, type ProjectPlace } from '../project.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  addExamples(command, [
    ['heddle doctor', 'check everything'],
    ['heddle doctor --json', 'for a report'],
  ])
}

/** Checks, and shows each result as it comes. */
export async function run(context: Context, _command: Command): Promise<number> {
  const { terminal, json } = context
  const all: Check[] = []
  for await (const check of checks(placeOf(context))) {
    all.push(check)
    if (json) continue
    terminal.print(`${check.ok ? terminal.style('green', '✓') : terminal.style('red', '✗')} ${check.name}: ${check.message}`)
    if (check.hint !== null) terminal.print(`  ${terminal.style('cyan', 'hint')}: ${check.hint}`)
  }
  const ok = all.every((check) => check.ok)
  if (json) terminal.print(JSON.stringify({ site: 'local', ok, checks: all }))
  return ok ? EXIT.done : EXIT.failed
}

function placeOf({ options }: Context): ProjectPlace | undefined {
  try {
    return findProject({ project: options.project })
  } catch (error) {
    if (error instanceof HeddleError && options.project === undefined) return undefined
    throw error
  }
}
