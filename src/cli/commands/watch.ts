/** `heddle watch`: the live view of a run that goes on elsewhere. */
import type { Command } from 'commander'
import { namesOf } from '../../engine/names.ts'
import { publicEvent } from '../../engine/public-event.ts'
import { EXIT } from '../../model/errors.ts'
import type { Event } from '../../model/events.ts'
import { ACTION } from '../../model/graph.ts'
import { followLog } from '../../store/sqlite/log.ts'
import { resolveRun, reusedExecutions, runById } from '../../store/sqlite/runs.ts'
import { addExamples, type Context } from '../context.ts'
import { engineOf, stateOf } from '../engine-alive.ts'
import { failureOf } from '../failure-of.ts'
import { briefFailureLines } from '../failure-screen.ts'
import { describeCounts, openView } from '../live/view.ts'
import { readRunGraph } from '../run-record.ts'
import { databaseFile, openSession } from '../session.ts'
import { defaultSlots } from '../slots.ts'

/** Adds arguments and options. */
export function define(command: Command): void {
  command.argument('[run]', 'the run (default: the last one)')
  addExamples(command, [
    ['heddle watch', 'the run that goes on'],
    ['heddle watch --json', 'its events, a line each, as they are committed'],
  ])
}

/** Watches until the run is over. */
export async function run(context: Context, command: Command): Promise<number> {
  const session = openSession({ options: context.options })
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.on('SIGINT', interrupt)
  try {
    const row = resolveRun(session.database, command.args[0] ?? 'last')
    const { graph } = readRunGraph(session.place.store, row.graph)
    const { terminal, json } = context
    const names = namesOf(graph)
    const runOf = (execution: number): string => runById(session.database, session.history.run(execution))?.name ?? ''
    const reused = reusedExecutions(session.database, row.id)
    const action = Uint8Array.from({ length: graph.quanta }, (_, q) => ((reused?.[q] ?? 0) === 0 ? ACTION.run : ACTION.reuse))
    await session.tryLoadPipeline()
    const failure = (event: Extract<Event, { event: 'QuantumFailed' }>): string =>
      briefFailureLines(failureOf({ session, run: row.id, graph, sizeOf: () => undefined }, event), (style, text) =>
        terminal.style(style, text),
      ).join('\n')
    const slots = typeof row.request.slots === 'number' ? row.request.slots : defaultSlots()
    const view = json ? undefined : openView({ terminal, graph, action, expected: [], now: row.started, run: row.name, slots, failure })
    const isAlive = (): boolean => engineOf(session)?.run === row.name
    let last: Event | undefined
    try {
      for await (const { events, at } of followLog(session.database, databaseFile(session.place), row.id, {
        after: 0,
        isAlive,
        signal: stop.signal,
      })) {
        if (json) for (const event of events) terminal.print(JSON.stringify(publicEvent(event, names, at, runOf)))
        view?.take(events, at)
        last = events.at(-1)
      }
    } finally {
      view?.close()
    }
    if (!json && last?.event === 'RunFinished') terminal.print(`${last.state} ${row.name}: ${describeCounts(last.counts)}`)
    else if (!json && !stop.signal.aborted) terminal.print(`${stateOf(session, row)} ${row.name}`)
    return stop.signal.aborted ? EXIT.interrupted : EXIT.done
  } finally {
    process.off('SIGINT', interrupt)
    session.close()
  }
}
