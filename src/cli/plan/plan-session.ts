/** Makes a plan of a project as the command line asks for it. */

import type { Component } from '../../model/history.ts'
import type { Plan } from '../../model/plan.ts'
import type { Json } from '../../model/value.ts'
import { taskCode } from '../../pipeline/code/task-code.ts'
import { explainQuantum } from '../../plan/decide/explain.ts'
import { makePlan } from '../../plan/plan.ts'
import { checkPlaces } from '../../repository/templates/check-places.ts'
import { pastRuns } from '../past-runs.ts'
import type { PlanningOptions } from '../planning-options.ts'
import { namingFilesFromHere } from '../read-project.ts'
import type { Session } from '../session.ts'
import type { ReasonsOf } from './plan-json.ts'

/** The plan that these flags ask for. */
export function planSession(session: Session, options: PlanningOptions, wanted: readonly string[] = []): Plan {
  return namingFilesFromHere(session.place, () => plan(session, options, wanted))
}

function plan(session: Session, options: PlanningOptions, wanted: readonly string[]): Plan {
  const made = makePlan({
    pipeline: session.pipeline,
    catalogue: session.catalogue,
    history: session.history,
    codeOf: (task) => taskCode(task, session.source, session.pipeline),
    where: options.where,
    tasks: options.tasks,
    rerunOn: options.rerunOn,
    ...(wanted.length === 0 ? {} : { wanted }),
    ...(options.bind === undefined ? {} : { binds: options.bind }),
    ...(options.force === undefined ? {} : { force: options.force }),
    whole: options.whole === true,
    assumeInputs: options.assumeInputs === true,
  })
  checkPlaces(made.graph, session.pipeline, session.catalogue)
  return made
}

/** Why the quanta of a plan run, with what earlier runs knew. */
export function reasonsIn(session: Session, plan: Plan): ReasonsOf {
  const past = pastRuns(session)
  return (q) => explainQuantum(plan, session.history, past, q)
}

/** How a plan was asked for: enough to plan the same again. */
export interface PlanRequestRecord {
  readonly [key: string]: Json
  readonly file: string
  readonly params: Readonly<Record<string, string>>
  readonly where: string | null
  readonly binds: Readonly<Record<string, Json>>
  readonly tasks: readonly string[] | null
  readonly wanted: readonly string[]
  readonly rerunOn: readonly string[] | null
  readonly force: readonly string[]
  readonly whole: boolean
}

/** The record of a request. */
export function requestRecord(session: Session, options: PlanningOptions, wanted: readonly string[]): PlanRequestRecord {
  return {
    file: session.place.file,
    params: options.param ?? {},
    where: options.where ?? null,
    binds: options.bind ?? {},
    tasks: options.tasks ?? null,
    wanted,
    rerunOn: options.rerunOn ?? null,
    force: options.force ?? [],
    whole: options.whole === true,
  }
}

/** The flags that such a record stands for. */
export function optionsOfRequest(request: PlanRequestRecord): PlanningOptions & { readonly wanted: readonly string[] } {
  return {
    file: request.file,
    param: request.params,
    bind: request.binds,
    force: request.force,
    whole: request.whole,
    wanted: request.wanted,
    ...(request.where === null ? {} : { where: request.where }),
    ...(request.tasks === null ? {} : { tasks: request.tasks }),
    ...(request.rerunOn === null ? {} : { rerunOn: request.rerunOn as readonly Component[] }),
  }
}
