/** Ctrl-C during a run: once lets running work finish, twice ends it. */
import type { RunControl } from '../../engine/control.ts'
import type { RunView } from './run-view.ts'

/** What a person, or another process, asked of a run. */
export interface Interrupts {
  /** How often it was asked to stop. */
  readonly count: () => number
  /** Listens no more. */
  close(): void
}

/** Listens to signals; the view shows what follows from them. SIGTERM and a closed terminal end running work at once. */
export function listenToInterrupts(control: RunControl, view: Pick<RunView, 'running' | 'ending'>): Interrupts {
  let count = 0
  const once = (): void => {
    count++
    if (count === 1) {
      control.drain()
      view.ending(`stopping: ${view.running()} running finish; Ctrl-C again cancels`)
    } else {
      control.cancel()
      view.ending('cancelling: ending what runs')
    }
  }
  const end = (): void => {
    count = Math.max(count + 1, 2)
    control.cancel()
    view.ending('cancelling: ending what runs')
  }
  process.on('SIGINT', once)
  process.on('SIGTERM', end)
  process.on('SIGHUP', end)
  return {
    count: () => count,
    close: () => {
      process.off('SIGINT', once)
      process.off('SIGTERM', end)
      process.off('SIGHUP', end)
    },
  }
}
