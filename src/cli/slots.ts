/** How much runs at once on this machine unless somebody says otherwise. */
import { availableParallelism } from 'node:os'

/** One slot for each core that this process may use. */
export function defaultSlots(): number {
  return availableParallelism()
}
