/** The time of this machine, as runs measure with it. */

/** Steps back or slips of the system's clock up to this are followed, ms. */
const SLIP_MS = 1000

let ahead = 0

/** Milliseconds since 1970 that never jump back: durations and limits survive somebody who sets the clock. Sleep of the machine counts. */
export function now(): number {
  const steady = performance.timeOrigin + performance.now()
  const shown = Date.now()
  if (shown > steady + ahead) ahead = shown - steady
  return steady + ahead - shown > SLIP_MS ? Math.round(steady + ahead) : shown
}
