/** Cleans up after engines that were killed, before a new run begins. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bootId, endLeftovers } from './leftovers.ts'
import type { LeftRun, RunStore } from './store.ts'

/** What was left of one run. */
export interface Recovered {
  readonly run: string
  readonly processesEnded: number
  /** Objects that did not survive a restart of the machine; what made them runs again. */
  readonly objectsRemoved: number
}

/** What recovery works with; the project's lock must be held. */
export interface RecoveryOptions {
  readonly store: RunStore
  readonly projectFolder: string
  readonly heddleFolder: string
  readonly clock: () => number
  /** Reads again the objects that were stored since a time, and removes what a power loss damaged. */
  readonly removeDamaged: (since: number) => readonly string[]
}

/** Ends what runs of dead engines left running, removes their temporary files and lets them read `interrupted`. */
export async function recover({
  store,
  projectFolder,
  heddleFolder,
  clock,
  removeDamaged,
}: RecoveryOptions): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = []
  for (const run of store.leftRuns()) {
    const processesEnded = await endLeftovers(run, projectFolder)
    const objectsRemoved = isOfEarlierBoot(run) ? removeDamaged(run.startedAt).length : 0
    store.closeRun(run.id, 'interrupted', clock())
    recovered.push({ run: run.name, processesEnded, objectsRemoved })
  }
  removeTemporary(join(heddleFolder, 'tmp'))
  return recovered
}

function isOfEarlierBoot({ processes }: LeftRun): boolean {
  const boot = bootId()
  return processes.some((process) => process.boot !== boot)
}

/** Removes what no living process can still need: folders of runs, and names that hold the id of a process that is gone. */
function removeTemporary(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = /^[a-z]+-(\d+)(?:-|$)/.exec(name)?.[1]
    if (pid === undefined || !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
