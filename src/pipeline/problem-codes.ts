/** Every code of a problem in a pipeline file, with one sentence on what it means. */
export const PROBLEM_CODES = {
  'file-missing': 'There is no pipeline file at this path.',
  'file-unreadable': 'The file is a folder, binary, or larger than a pipeline file may be (8 MiB).',
  'yaml-syntax': 'The text is not YAML.',
  'yaml-tab': 'A tab stands where YAML wants spaces.',
  'yaml-tag': 'A YAML tag is not one of the core schema.',
  'yaml-documents': 'The file holds more than one YAML document.',
  'yaml-alias': 'An alias names no anchor that stands before it.',
  'yaml-nesting': 'Values are nested too deeply.',
  'alias-bomb': 'Aliases expand to far more values than the file holds.',
  'duplicate-key': 'A mapping has the same key twice.',
  'not-a-number': 'A number is infinite, not a number, or too large to be held exactly.',
} as const

/** A code of {@link PROBLEM_CODES}. */
export type ProblemCode = keyof typeof PROBLEM_CODES
