/** `heddle cancel`: ends the run that goes on in this project, from another terminal. */
import { hostname } from 'node:os'
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { resolveRun } from '../../store/sqlite/runs.ts'
import { addExamples, type Context } from '../context.ts'
import { engineOf } from '../engine-alive.ts'
import { openSession } from '../session.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[run]', 'the run (default: the one that goes on)').option('--drain', 'let running work finish, start nothing more')
  addExamples(command, [
    ['heddle cancel', 'end it now'],
    ['heddle cancel --drain', 'like Ctrl-C once'],
  ])
}

/** Tells the engine. The lock is given back by the kernel when its holder ends, so the process that is told is the one that holds it. */
export async function run(context: Context, command: Command): Promise<number> {
  const session = openSession({ options: context.options })
  try {
    const asked = command.args[0] === undefined ? undefined : resolveRun(session.database, command.args[0])
    const holder = engineOf(session)
    if (holder === undefined || (asked !== undefined && asked.name !== holder.run)) {
      throw new HeddleError(
        'not-running',
        asked === undefined ? 'no run goes on in this project' : `run ${asked.name} does not go on: it is ${asked.state}`,
      )
    }
    if (holder.host !== hostname()) {
      throw new HeddleError('run-elsewhere', `the run goes on at ${holder.host}; cancel it there`)
    }
    const drain = command.opts<{ drain?: boolean }>().drain === true
    process.kill(holder.pid, drain ? 'SIGINT' : 'SIGTERM')
    if (context.json) context.terminal.print(JSON.stringify({ run: holder.run, asked: drain ? 'drain' : 'cancel' }))
    else context.terminal.print(`asked run ${holder.run ?? ''} to ${drain ? 'let running work finish and stop' : 'end'}`)
    return EXIT.done
  } finally {
    session.close()
  }
}
