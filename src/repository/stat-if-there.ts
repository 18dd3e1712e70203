/** What stands at a path, with times in nanoseconds; undefined when nothing does. */
import { type BigIntStats, lstatSync, statSync } from 'node:fs'
import { isAbsent } from './file-errors.ts'

const OPTIONS = { bigint: true, throwIfNoEntry: false } as const

/** Follows links; one that leads nowhere, or round, is nothing. */
export function statIfThere(path: string): BigIntStats | undefined {
  return ifThere(() => statSync(path, OPTIONS))
}

/** A link is what stands there. */
export function lstatIfThere(path: string): BigIntStats | undefined {
  return ifThere(() => lstatSync(path, OPTIONS))
}

/** `throwIfNoEntry` passes over ENOENT alone; below a file everything is absent, too. */
function ifThere(stat: () => BigIntStats | undefined): BigIntStats | undefined {
  try {
    return stat()
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}
