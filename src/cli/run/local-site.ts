/** What this machine offers, as `sites.yaml` of the project or the user limits it. */
import { readFileSync } from 'node:fs'
import { homedir, totalmem } from 'node:os'
import { join } from 'node:path'
import { HeddleError } from '../../model/errors.ts'
import { parseBytes } from '../../model/units.ts'
import type { Capacity } from '../../scheduler/capacity.ts'
import { defaultSlots } from '../slots.ts'

/** The local site. */
export interface LocalSite {
  readonly slots: number
  readonly capacity: Capacity
}

interface LocalSettings {
  readonly slots?: number
  readonly limits?: Readonly<Record<string, number | string>>
}

/** The local site; `--slots` wins over the files, the project's file over the user's. */
export async function localSite(projectFolder: string, asked: number | undefined): Promise<LocalSite> {
  const settings = { ...(await readSettings(userFile())), ...(await readSettings(join(projectFolder, 'sites.yaml'))) }
  const slots = asked ?? settings.slots ?? defaultSlots()
  const { memory, disk, gpus, cores, ...custom } = settings.limits ?? {}
  return {
    slots,
    capacity: {
      cores: number(cores, 'cores') ?? slots,
      memory: bytes(memory, 'memory') ?? totalmem(),
      gpus: number(gpus, 'gpus') ?? 0,
      disk: bytes(disk, 'disk'),
      custom: Object.fromEntries(Object.entries(custom).map(([name, amount]) => [name, number(amount, name) ?? 0])),
    },
  }
}

function userFile(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'heddle', 'sites.yaml')
}

async function readSettings(file: string): Promise<LocalSettings> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return {}
    // A HOME that is somebody else's, as under sudo, holds no settings of this user.
    if (code === 'EACCES' && file === userFile()) return {}
    throw new HeddleError('sites-file', `${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
  const { parse } = await import('yaml')
  const document = parseWith(parse, text, file) as { heddle?: unknown; sites?: Record<string, { run?: LocalSettings }> } | null
  if (document?.heddle !== 1) throw new HeddleError('sites-file', `${file}: expected \`heddle: 1\` at its top`)
  const other = Object.keys(document.sites ?? {}).find((name) => name !== 'local')
  if (other !== undefined) throw new HeddleError('sites-file', `${file}: site ${other} cannot be used yet; the only site is local`)
  const run = document.sites?.local?.run ?? {}
  if (run.slots !== undefined && !(Number.isSafeInteger(run.slots) && run.slots > 0)) {
    throw new HeddleError('sites-file', `${file}: slots of site local is a whole number from 1, not ${JSON.stringify(run.slots)}`)
  }
  return run
}

function parseWith(parse: (text: string) => unknown, text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new HeddleError('sites-file', `${file} is not well formed: ${(cause as Error).message}`, { cause })
  }
}

function number(amount: number | string | undefined, name: string): number | undefined {
  if (amount === undefined || (typeof amount === 'number' && amount >= 0)) return amount
  throw new HeddleError('sites-file', `the limit ${name} of site local is a number, not ${JSON.stringify(amount)}`)
}

function bytes(amount: number | string | undefined, name: string): number | undefined {
  if (amount === undefined) return undefined
  const size = parseBytes(amount)
  if (size !== undefined) return size
  throw new HeddleError('sites-file', `the limit ${name} of site local is a size such as 8GiB, not ${JSON.stringify(amount)}`)
}
