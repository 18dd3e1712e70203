/** What a report page shows of a run. */
import type { QuantumGraph } from '../../model/graph.ts'
import type { TaskIdentity } from '../../model/plan.ts'
import type { QuantumState, RunState } from '../../model/states.ts'
import type { Json } from '../../model/value.ts'
import type { Attempts } from './attempts.ts'
import type { Distribution } from './distribution.ts'

/** The whole page's content. */
export interface ReportData {
  readonly run: ReportedRun
  readonly graph: QuantumGraph
  /** Codes of STATE, one a quantum. */
  readonly states: Uint8Array
  readonly attempts: Attempts
  readonly tasks: readonly ReportedTask[]
  /** The tasks and what leads from one to the other, as an SVG element. */
  readonly drawing: string
  readonly failures: readonly ReportedFailure[]
  /** All failures, of which `failures` holds the first. */
  readonly failed: number
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  readonly identities: readonly TaskIdentity[]
  /** Seconds that reused quanta took when they were made. */
  readonly savedSeconds: number
}

/** The run itself. Times in ms since 1970. */
export interface ReportedRun {
  readonly name: string
  readonly pipeline: string
  readonly description: string | undefined
  readonly state: RunState
  readonly started: number
  /** When it ended, or the last thing that is known of it. */
  readonly ended: number
  readonly slots: number
  readonly graph: string
  readonly request: Readonly<Record<string, Json>>
  /** Heddle's version that wrote the page. */
  readonly writtenBy: string
  readonly writtenAt: number
}

/** A task and how its quanta went. */
export interface ReportedTask {
  readonly task: string
  readonly description: string | undefined
  /** Number of quanta in each state. */
  readonly tally: Readonly<Partial<Record<QuantumState, number>>>
  readonly quanta: number
  readonly attempts: number
  /** Undefined: not asked for. */
  readonly asked: { readonly cores: number; readonly memory: number | undefined }
  /** Of finished attempts: seconds, bytes, and processor time over what was held of it. */
  readonly time: Distribution | undefined
  readonly memory: Distribution | undefined
  readonly efficiency: Distribution | undefined
  readonly cpuSeconds: number
  /** Wall seconds times cores of those attempts whose processor time is known. */
  readonly heldSeconds: number
  /** Why its quanta ran, most frequent first. */
  readonly reasons: readonly { readonly text: string; readonly count: number }[]
}

/** A quantum that failed for good. */
export interface ReportedFailure {
  readonly id: string
  readonly task: string
  readonly attempt: number
  /** What happened, in words. */
  readonly what: string
  readonly command: string
  /** The last lines of what it printed. */
  readonly log: string
  readonly inputs: readonly { readonly id: string; readonly size: number | undefined }[]
  /** What it used and what it asked for, in words. */
  readonly used: string
  /** Command line that opens a shell where it stood. */
  readonly debug: string
}
