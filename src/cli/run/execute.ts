/** Carries out a plan on this machine, showing it as it goes. */
import { hostname } from 'node:os'
import { RunControl } from '../../engine/control.ts'
import { executeRun, type RunResult } from '../../engine/run.ts'
import type { RunStore } from '../../engine/store.ts'
import { EXIT } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import { now } from '../../sites/local/clock.ts'
import { openLocalRun } from '../../sites/local/open-local-run.ts'
import { openRunStore } from '../../store/sqlite/run-store.ts'
import type { Context } from '../context.ts'
import { datasetSizes } from '../dataset-sizes.ts'
import { failureOf, logsFolder } from '../failure-of.ts'
import type { PlanRequestRecord } from '../plan/plan-session.ts'
import { databaseFile, type Session } from '../session.ts'
import { VERSION } from '../version.ts'
import { listenToInterrupts } from './interrupts.ts'
import { localSite } from './local-site.ts'
import { runRepository } from './run-repository.ts'
import { openRunView } from './run-view.ts'
import { saveGraph } from './save-graph.ts'
import { userName } from './user-name.ts'

/** What carrying out a plan needs. */
export interface ExecuteOptions {
  readonly context: Context
  readonly session: Session
  readonly store: RunStore
  readonly plan: Plan
  readonly request: PlanRequestRecord
  /** When planning began, ms since 1970. */
  readonly plannedAt: number
  readonly slots: number | undefined
  readonly failFast: boolean
  /** Tells others which run holds the project. */
  readonly named: (run: string) => void
}

/** Opens the part of the store that runs are kept in. */
export function openStoreOfRuns(session: Session): RunStore {
  return openRunStore(session.database, { file: databaseFile(session.place), logsFolder: logsFolder(session) })
}

/** Runs the plan; the answer is the exit code. */
export async function execute(options: ExecuteOptions): Promise<number> {
  const { context, session, store, plan, request } = options
  const site = await localSite(session.place.folder, options.slots)
  const control = new RunControl()
  const sizes = datasetSizes(session, plan)
  const view = openRunView({
    context,
    session,
    plan,
    slots: site.slots,
    runNameOf: (execution) => store.runName(session.history.run(execution)),
    failureOf: (run, event) => failureOf({ session, run, graph: plan.graph, sizeOf: sizes.of }, event),
  })
  const interrupts = listenToInterrupts(control, view)
  session.digests.flush()
  try {
    const result = await executeRun({
      plan,
      graph: saveGraph(session.place.store, plan, request),
      request: { ...request, user: userName(), host: hostname(), version: VERSION, slots: site.slots, where: request.where },
      projectFolder: session.place.folder,
      heddleFolder: session.place.store,
      plannedAt: options.plannedAt,
      store,
      history: session.history,
      repository: runRepository(session, plan, request.force.length > 0),
      openSite: ({ tmpFolder, listener, onProcess }) =>
        openLocalRun({ slots: site.slots, projectFolder: session.place.folder, tmpFolder, listener, onProcess }),
      capacity: site.capacity,
      failFast: options.failFast,
      control,
      clock: now,
      listener: (events, at) => {
        for (const event of events) if (event.event === 'DatasetStored') sizes.learn(event.d, event.size)
        view.take(events, at)
      },
      named: (run) => {
        options.named(run.name)
        view.named(run)
      },
    })
    view.close()
    view.conclude(result)
    return exitCodeOf(result, interrupts.count())
  } finally {
    view.close()
    interrupts.close()
    session.digests.flush()
  }
}

function exitCodeOf({ state }: RunResult, interrupted: number): number {
  if (state === 'completed') return EXIT.done
  return state === 'cancelled' || interrupted > 0 ? EXIT.interrupted : EXIT.failed
}
