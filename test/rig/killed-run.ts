/** Runs a project in a process of its own and dies by SIGKILL at the N-th boundary: `killed-run.ts FOLDER N`. */
import type { RunOptions } from '../../src/engine/run.ts'
import { runProject } from './run-project.ts'

const [folder, at] = process.argv.slice(2) as [string, string]
let left = Number(at)

function boundary(): void {
  if (left-- === 0) process.kill(process.pid, 'SIGKILL')
}

/** Makes every call of these methods a boundary before and one behind. */
function fragile<T extends object>(target: T, methods: readonly (keyof T)[]): T {
  const wrapped = { ...target }
  for (const name of methods) {
    const method = target[name] as (...args: unknown[]) => unknown
    wrapped[name] = ((...args: unknown[]) => {
      boundary()
      const result = method.apply(target, args)
      boundary()
      return result
    }) as T[keyof T]
  }
  return wrapped
}

const wrap = (options: RunOptions): RunOptions => ({
  ...options,
  store: fragile(options.store, ['beginRun', 'commit', 'processStarted', 'processesEnded']),
  repository: {
    ...options.repository,
    objects: fragile(options.repository.objects, ['put', 'putBytes']),
    publisher: fragile(options.repository.publisher, ['publish', 'flush']),
  },
  openSite: (request) => fragile(options.openSite(request), ['start', 'close']),
})

const ran = await runProject(folder, { quiet: true, wrap })
process.stdout.write(ran.result.state)
