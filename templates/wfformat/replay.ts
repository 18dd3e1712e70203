/**
 * Stands in for every task of an imported trace: takes its time and leaves sparse files of its sizes.
 * The recorded commands are data; they are never run, not even read.
 */
import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs'

/** What was recorded of a job: seconds, and id and bytes of each file that it wrote. */
interface Recorded {
  readonly seconds: number
  readonly writes: readonly (readonly [string, number])[]
}

interface Given {
  readonly dataId: { readonly job: string }
  /** Where to leave the files, in the order of their ids. */
  readonly outputs: { readonly files?: readonly string[] }
  readonly time_scale: number
  readonly size_scale: number
}

let recorded: Map<string, Recorded> | undefined

function recordOf(job: string): Recorded {
  recorded ??= new Map(
    Object.entries(JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8')) as Record<string, Recorded>),
  )
  const found = recorded.get(job)
  if (found === undefined) throw new Error(`recorded.json has no job ${job}`)
  return found
}

/** Sleeps, then makes the job's files. */
export async function replay({ dataId, outputs, time_scale, size_scale }: Given): Promise<void> {
  const { seconds, writes } = recordOf(dataId.job)
  const paths = outputs.files ?? []
  if (paths.length !== writes.length) throw new Error(`${dataId.job} wrote ${writes.length} files, not ${paths.length}`)
  await new Promise((resolve) => setTimeout(resolve, seconds * time_scale * 1000))
  for (const [i, [, bytes]] of writes.entries()) {
    const file = openSync(paths[i] as string, 'w')
    ftruncateSync(file, Math.round(bytes * size_scale))
    closeSync(file)
  }
}
