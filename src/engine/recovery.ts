/** Cleans up after engines that were killed, before a new run begins. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { endLeftovers } from './leftovers.ts'
import type { RunStore } from './store.ts'

/** What was left of one run. */
export interface Recovered {
  readonly run: string
  readonly processesEnded: number
}

/** What recovery works with; the project's lock must be held. */
export interface RecoveryOptions {
  readonly store: RunStore
  readonly projectFolder: string
  readonly heddleFolder: string
  readonly clock: () => number
}

/** Ends what runs of dead engines left running, removes their temporary files and lets them read `interrupted`. */
export async function recover({ store, projectFolder, heddleFolder, clock }: RecoveryOptions): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = []
  for (const run of store.leftRuns()) {
    const processesEnded = await endLeftovers(run, projectFolder)
    store.closeRun(run.id, 'interrupted', clock())
    recovered.push({ run: run.name, processesEnded })
  }
  rmSync(join(heddleFolder, 'tmp'), { recursive: true, force: true })
  return recovered
}
