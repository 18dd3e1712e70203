/** What the arguments of `plan` and `run` mean. */

/** An argument that looks like a file is the pipeline; all others are datasets. */
export function fileOrDatasets(args: readonly string[], file: string | undefined): { file: string | undefined; wanted: readonly string[] } {
  const first = args[0]
  if (file === undefined && first !== undefined && !first.includes('@') && /\.(ya?ml|ts)$|\//.test(first)) {
    return { file: first, wanted: args.slice(1) }
  }
  return { file, wanted: args }
}
