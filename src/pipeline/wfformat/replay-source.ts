/** `replay.ts` of an imported project: the one body of all its tasks, as text, because the project is text too. */

/** Sleeps and writes sparse files; the recorded commands are data that it never reads. */
export const REPLAY_SOURCE = `// Stands in for every task of the trace: takes its time and leaves files of its sizes. The recorded commands are never run.
import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Recorded {
  readonly seconds: number
  /** Id and bytes of each file it wrote. */
  readonly writes: readonly (readonly [string, number])[]
}

interface Given {
  readonly dataId: { readonly job: string }
  readonly time_scale: number
  readonly size_scale: number
  readonly context: { readonly scratch: string }
}

const recorded = new Map<string, Recorded>()

function recordOf(job: string): Recorded {
  if (recorded.size === 0) {
    const file = new URL('recorded.json', import.meta.url)
    for (const [id, record] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Recorded>)) recorded.set(id, record)
  }
  const found = recorded.get(job)
  if (found === undefined) throw new Error(\`recorded.json has no job \${job}\`)
  return found
}

export async function replay({ dataId, time_scale, size_scale, context }: Given): Promise<{ files: string[] }> {
  const { seconds, writes } = recordOf(dataId.job)
  await new Promise((resolve) => setTimeout(resolve, seconds * time_scale * 1000))
  const files = writes.map(([, bytes], i) => {
    const path = join(context.scratch, String(i))
    const file = openSync(path, 'w')
    ftruncateSync(file, Math.round(bytes * size_scale))
    closeSync(file)
    return path
  })
  return { files }
}
`
