/** WfFormat import: other people's workflow traces become projects that replay them. */
import { traceDataflow } from './dataflow.ts'
import { projectFiles } from './project-files.ts'
import { readTrace } from './trace.ts'

/** What an import made. */
export interface ImportedTrace {
  /** Path → text of each file of the project; `replay.ts`, the body of its tasks, comes from `templates/wfformat/`. */
  readonly files: Readonly<Record<string, string>>
  readonly summary: {
    readonly pipeline: string
    readonly format: string
    /** Of the trace: its tasks (jobs here), its files, and its parent–child edges. */
    readonly tasks: number
    readonly files: number
    readonly edges: number
    /** Reads and writes of files, as a plan counts edges. */
    readonly fileEdges: number
  }
  /** What had to be left out, in sentences. */
  readonly warnings: readonly string[]
}

/** Turns the text of a trace into a project. Throws `wfformat` and `task-cycle` for what is no trace. */
export function importWfFormat(text: string, options: { readonly name?: string } = {}): ImportedTrace {
  const trace = readTrace(text)
  const flow = traceDataflow(trace)
  const pipeline = (options.name ?? trace.name).trim() || 'trace'
  const reads = trace.tasks.reduce((sum, task) => sum + task.reads.length, 0)
  return {
    files: projectFiles(pipeline, trace, flow),
    summary: {
      pipeline,
      format: `WfFormat ${trace.version}`,
      tasks: trace.tasks.length,
      files: trace.files.size,
      edges: flow.edges,
      fileEdges: reads + flow.maker.size,
    },
    warnings: flow.warnings,
  }
}
