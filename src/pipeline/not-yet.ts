/** Keys that Heddle's design has and this version has not: they are refused by name, never ignored. */

/** By the part of the file in which they stand (a title in the schema). */
const NOT_YET: Readonly<Record<string, readonly string[]>> = {
  'Heddle pipeline': [
    'imports',
    'subsets',
    'presets',
    'contracts',
    'overrides',
    'environment',
    'distribution',
    'site',
    'sites',
    'deliver',
    'container',
    'triggers',
    'keep',
  ],
  dataset: ['keep', 'schema', 'checks', 'deliver', 'distribution', 'site'],
  task: [
    'overrides',
    'environment',
    'quanta',
    'notebook',
    'programs',
    'container',
    'distribution',
    'site',
    'require',
    'checkpoint',
    'context',
    'contracts',
    'checks',
    'schema',
    'keep',
    'deliver',
  ],
  input: ['distribution', 'keep', 'deliver', 'schema'],
  prerequisite: ['distribution', 'schema'],
  output: ['distribution', 'keep', 'deliver', 'schema', 'checks'],
  relation: ['distribution'],
  retry: ['checkpoint'],
}

/** Whether a key of a part belongs to a later version. */
export function isNotYet(part: string, key: string): boolean {
  return NOT_YET[part]?.includes(key) ?? false
}
