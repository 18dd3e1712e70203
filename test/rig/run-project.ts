/** Real projects that tests run: files, a store, a repository, the local site. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { planSession } from '../../src/cli/plan/plan-session.ts'
import type { PlanningOptions } from '../../src/cli/planning-options.ts'
import { openPipelineSession } from '../../src/cli/session.ts'
import { RunControl } from '../../src/engine/control.ts'
import { namesOf } from '../../src/engine/names.ts'
import { type PublicEvent, publicEvent } from '../../src/engine/public-event.ts'
import { recover } from '../../src/engine/recovery.ts'
import { executeRun, type RunOptions, type RunResult } from '../../src/engine/run.ts'
import type { Plan } from '../../src/model/plan.ts'
import { QUANTUM_STATES } from '../../src/model/states.ts'
import { datasetPlaces } from '../../src/repository/dataset-places.ts'
import { hashFileSlowly } from '../../src/repository/digests/hash-file.ts'
import { openPublisher } from '../../src/repository/publish.ts'
import type { SchedulerState } from '../../src/scheduler/state.ts'
import { openLocalRun } from '../../src/sites/local/open-local-run.ts'
import { lockProject } from '../../src/store/sqlite/project-lock.ts'
import { openRunStore } from '../../src/store/sqlite/run-store.ts'

/** How one run went. */
export interface Ran {
  readonly result: RunResult
  readonly events: readonly PublicEvent[]
  readonly plan: Plan
  /** State of each quantum in the end, by id. */
  readonly states: Readonly<Record<string, string>>
}

export interface RunSettings extends Partial<Pick<RunOptions, 'control' | 'failFast' | 'capacity' | 'openSite'>> {
  readonly planning?: Partial<PlanningOptions>
  /** Changes what the engine is given. */
  readonly wrap?: (options: RunOptions) => RunOptions
  /** Keeps no events, for large runs. */
  readonly quiet?: boolean
  readonly onEvent?: (event: PublicEvent) => void
  readonly afterPlan?: (database: DatabaseSync) => void
}

/** Writes files of a project below a folder. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Plans and runs the project as it is now. */
export async function runProject(folder: string, settings: RunSettings = {}): Promise<Ran> {
  const options = { project: folder } as Parameters<typeof openPipelineSession>[0]['options']
  const planning = (settings.planning ?? {}) as PlanningOptions
  const session = await openPipelineSession({ options, param: planning.param, keeps: true })
  const heddleFolder = session.place.store
  const lock = await lockProject(join(heddleFolder, 'lock'), { wait: false })
  try {
    const store = openRunStore(session.database, { file: '.heddle/heddle.db', logsFolder: join(heddleFolder, 'logs') })
    await recover({
      store,
      projectFolder: folder,
      heddleFolder,
      clock: Date.now,
      removeDamaged: (since) => session.objects.removeDamaged(since),
    })
    const plannedAt = Date.now()
    const plan = planSession(session, planning)
    settings.afterPlan?.(session.database)
    const names = namesOf(plan.graph)
    const { objects, digests, database, catalogue, history } = session
    const publisher = openPublisher({ folder, heddleFolder, database, objects, digests })
    const places = datasetPlaces({ folder, heddleFolder, plan, catalogue, replaceByCut: false })
    const events: PublicEvent[] = []
    let last: SchedulerState | undefined
    const wrap = settings.wrap ?? ((options) => options)
    const result = await executeRun(
      wrap({
        plan,
        graph: 'no file',
        request: { where: null, user: 'u', host: 'h', version: '0' },
        projectFolder: folder,
        heddleFolder,
        plannedAt,
        store,
        history,
        repository: { objects, publisher, places, digestNow: (path) => digests.digest(path)?.digest, hashSlowly: hashFileSlowly },
        openSite: settings.openSite ?? ((request) => openLocalRun({ slots: 2, projectFolder: folder, ...request })),
        capacity: settings.capacity ?? { cores: 2, memory: 2 ** 40, gpus: 0, disk: undefined, custom: {} },
        failFast: settings.failFast ?? false,
        control: settings.control ?? new RunControl(),
        clock: Date.now,
        named: (run) => lock.name(run.name),
        listener: (committed, at, state) => {
          last = state
          if (settings.quiet === true) return
          for (const event of committed) {
            const shown = publicEvent(event, names, at, (execution) => store.runName(history.run(execution)))
            events.push(shown)
            settings.onEvent?.(shown)
          }
        },
      }),
    )
    const states = Object.fromEntries(Array.from(last?.quantum ?? [], (code, q) => [names.quantum(q), QUANTUM_STATES[code] as string]))
    return { result, events, plan, states }
  } finally {
    session.close()
    lock.release()
  }
}
