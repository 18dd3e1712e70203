/** Every command, a line each; the module of a command is loaded when it is asked for. */
import type { CommandModule } from './context.ts'

/** A row of the table. */
export interface CommandEntry {
  readonly name: string
  /** What it takes, as help shows it. */
  readonly usage: string
  readonly summary: string
  readonly group: 'work' | 'understand' | 'data' | 'housekeeping'
  load(): Promise<CommandModule>
}

/** Titles of the groups, in the order in which help shows them. */
export const GROUPS = {
  work: 'Make and run',
  understand: 'Understand',
  data: 'Data',
  housekeeping: 'Keep house',
} as const satisfies Record<CommandEntry['group'], string>

/** The commands. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    usage: 'NAME',
    summary: 'make a project in a new folder',
    group: 'work',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'lint',
    usage: '[FILE]',
    summary: 'check the pipeline file and show every problem in it',
    group: 'work',
    load: () => import('./commands/lint.ts'),
  },
  {
    name: 'plan',
    usage: '[FILE | DATASET…]',
    summary: 'show what would run, what would be reused, and why',
    group: 'work',
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'run',
    usage: '[FILE | DATASET…]',
    summary: 'run what is new or changed',
    group: 'work',
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'import',
    usage: 'FILE [FOLDER]',
    summary: 'make a project of a workflow trace in WfFormat',
    group: 'work',
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'why',
    usage: 'ID',
    summary: 'say why one quantum would run or be reused',
    group: 'understand',
    load: () => import('./commands/why.ts'),
  },
  {
    name: 'status',
    usage: '[RUN]',
    summary: 'say how a run stands',
    group: 'understand',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'logs',
    usage: '[ID]',
    summary: 'show what attempts printed, and why they failed',
    group: 'understand',
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'debug',
    usage: 'ID [-- COMMAND…]',
    summary: 'try one quantum by hand, with its inputs and environment',
    group: 'understand',
    load: () => import('./commands/debug.ts'),
  },
  {
    name: 'diff',
    usage: '[RUN] [RUN]',
    summary: 'say what differs between two runs',
    group: 'understand',
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'thread',
    usage: 'ID',
    summary: 'show what something was made from, or what came of it',
    group: 'understand',
    load: () => import('./commands/thread.ts'),
  },
  {
    name: 'watch',
    usage: '[RUN]',
    summary: 'watch a run that goes on',
    group: 'understand',
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'report',
    usage: '[RUN]',
    summary: 'write a page about a run that opens in any browser',
    group: 'understand',
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'query',
    usage: 'SUBJECT [NAME…]',
    summary: 'list dimensions, datasets, quanta, jobs or runs',
    group: 'data',
    load: () => import('./commands/query.ts'),
  },
  {
    name: 'get',
    usage: 'ID [FILE]',
    summary: 'bring a dataset out of the store',
    group: 'data',
    load: () => import('./commands/get.ts'),
  },
  {
    name: 'cancel',
    usage: '[RUN]',
    summary: 'end the run that goes on',
    group: 'work',
    load: () => import('./commands/cancel.ts'),
  },
  {
    name: 'ingest',
    usage: 'TYPE FILE…',
    summary: 'register files as datasets',
    group: 'data',
    load: () => import('./commands/ingest.ts'),
  },
  {
    name: 'collection',
    usage: 'ACTION [NAME…]',
    summary: 'name sets of datasets',
    group: 'data',
    load: () => import('./commands/collection.ts'),
  },
  {
    name: 'accept',
    usage: '[TASK | ID…]',
    summary: 'let present outputs stand although something changed',
    group: 'housekeeping',
    load: () => import('./commands/accept.ts'),
  },
  {
    name: 'doctor',
    usage: '',
    summary: 'check this machine and project',
    group: 'housekeeping',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'completion',
    usage: 'SHELL',
    summary: 'print the script that completes words in a shell',
    group: 'housekeeping',
    load: () => import('./commands/completion.ts'),
  },
]
