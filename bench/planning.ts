/** Plan 100,000 quanta from CSV records, and run again when all are up to date; beside ninja on a build file of as many edges. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure, sideBySide } from './measure.ts'
import { forget, gridProject, HEDDLE, inProject } from './projects.ts'
import { inBytes, inSeconds, type Line, times } from './table.ts'

const ROWS = 500
const COLUMNS = 100
const QUANTA = ROWS * (2 * COLUMNS + 1)

/** Measures planning, running and running again. */
export async function planning(runs: number): Promise<Line[]> {
  const inTypeScript = await inProject(gridProject(ROWS, COLUMNS, 'typescript: "./body.ts#NAME"'), (folder) =>
    measure([HEDDLE, 'run', '--quiet', '--slots', '2'], { cwd: folder, watchMemory: true }),
  )
  return inProject(gridProject(ROWS, COLUMNS, 'python: "body:NAME"'), async (folder) => {
    writeNinja(folder)
    const ninja = existsSync('/usr/bin/ninja')
    const { heddle: plan } = await sideBySide(runs, {
      heddle: async () => {
        forget(folder)
        return measure([HEDDLE, 'plan', '--summary', '--json'], { cwd: folder, watchMemory: true })
      },
    })
    const first = await measure([HEDDLE, 'run', '--quiet', '--slots', '2'], { cwd: folder, watchMemory: true })
    const again = await sideBySide(runs, {
      heddle: () => measure([HEDDLE, 'run', '--quiet'], { cwd: folder, watchMemory: true }),
      ...(ninja ? { ninja: () => measure(['ninja'], { cwd: folder }) } : {}),
    })
    const of = `${QUANTA.toLocaleString('en')} quanta`
    const beside = (seconds: number | undefined, what: string): string =>
      seconds === undefined ? 'ninja: not installed' : `ninja ${what} ${inSeconds(seconds)}`
    const ratio = (other: number | undefined, ours: number): string => (other === undefined ? '' : times(other / ours))
    return [
      {
        work: `plan ${of} from CSV`,
        ours: `${inSeconds(plan?.seconds ?? 0)}, ${inBytes(plan?.peakBytes ?? 0)}`,
        beside: '',
        ratio: '',
        target: '≤ 1.5 s, ≤ 300 MiB',
      },
      {
        work: `run ${of}, Python bodies, all processes`,
        ours: `${inSeconds(first.seconds)}, ${inBytes(first.peakBytes)}`,
        beside: '',
        ratio: '',
        target: '≤ 300 MiB',
      },
      {
        work: `run ${of}, TypeScript bodies, all processes`,
        ours: `${inSeconds(inTypeScript.seconds)}, ${inBytes(inTypeScript.peakBytes)}`,
        beside: '',
        ratio: '',
        target: '',
      },
      {
        work: `run again, ${of} up to date`,
        ours: inSeconds(again.heddle?.seconds ?? 0),
        beside: beside(again.ninja?.seconds, 'no-op'),
        ratio: ratio(again.ninja?.seconds, again.heddle?.seconds ?? 0),
        target: '≤ 0.8 s',
      },
    ]
  })
}

/**
 * As many edges, each a file without inputs that is there. `generator` makes ninja ask only for the file, not for a log of
 * 100,000 commands that would have to run first.
 */
function writeNinja(folder: string): void {
  const outputs = Array.from({ length: QUANTA }, (_, i) => `out/${i}`)
  mkdirSync(join(folder, 'out'))
  for (const output of outputs) writeFileSync(join(folder, output), '')
  writeFileSync(
    join(folder, 'build.ninja'),
    `rule t\n  command = true\n  generator = 1\n${outputs.map((output) => `build ${output}: t\n`).join('')}`,
  )
}
