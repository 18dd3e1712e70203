/** Ends what an engine that was killed left behind, should its guardian not have done so. */
import { processFacts } from './processes.ts'
import { endSession } from './signals.ts'

/** A process that the site told its engine about. */
export interface LeftProcess {
  readonly pid: number
  /** Clock ticks since boot; a process with another start is a stranger's. */
  readonly startTicks: number
}

/** Kills the sessions that these processes led and everything of the run `HEDDLE_RUN`; resolves when they are gone. Only for processes of this boot. */
export async function endLeftProcesses(left: readonly LeftProcess[], run: string): Promise<void> {
  const ours = left.filter(({ pid, startTicks }) => (processFacts(pid)?.startTicks ?? startTicks) === startTicks)
  await Promise.all(ours.map(({ pid }) => endSession(pid, `HEDDLE_RUN=${run}`, 0)))
}
