/** What the parts of building a draft share. */
import type { Task } from '../../model/pipeline.ts'
import type { Condition } from '../join/filter.ts'
import type { Joined } from '../join/natural-join.ts'
import type { Rows } from '../join/rows.ts'
import type { Universe } from '../join/universe.ts'
import type { DraftType } from './draft.ts'

/** What a draft is built from. */
export interface BuildOptions {
  readonly universe: Universe
  readonly tasks: readonly Task[]
  /** Conjuncts of `--where`. */
  readonly conditions: readonly Condition[]
  /** `when:` of tasks that have one. */
  readonly when: ReadonlyMap<string, Condition>
  /** Overall inputs count as present wherever records and relations allow. */
  readonly assumeInputs: boolean
}

/** One part of the pipeline, joined. */
export interface Part {
  readonly tasks: readonly Task[]
  readonly joined: Joined
  /** The same without conditions: where `at: previous` looks. */
  readonly unconditioned: () => Joined
}

/** What making edges needs to know. */
export interface EdgeContext {
  readonly options: BuildOptions
  readonly parts: readonly Part[]
  readonly quanta: ReadonlyMap<string, Rows>
  /** Filled type by type; `at: previous` may add datasets that lie outside the selection. */
  readonly types: DraftType[]
}
