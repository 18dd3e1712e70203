/** `heddle query annotations`: what the bodies of a run said about their work. */
import type { QuantumGraph } from '../../model/graph.ts'
import { idOfQuantum } from '../../plan/graph/naming.ts'
import type { LogEntry } from '../../store/sqlite/log.ts'
import type { Row } from './rows.ts'

/** One row an annotation, in the order of arrival. */
export function* annotationRows(
  run: string,
  graph: QuantumGraph,
  entries: Iterable<LogEntry>,
  wanted: (id: string) => boolean,
): Iterable<Row> {
  for (const { at, events } of entries) {
    for (const event of events) {
      if (event.event !== 'Annotated') continue
      const quantum = idOfQuantum(graph, event.q)
      if (!wanted(quantum)) continue
      const { attempt, annotation, log } = event
      yield { id: `${quantum}#${attempt}`, quantum, attempt, run, at: new Date(at).toISOString(), annotation, log }
    }
  }
}
