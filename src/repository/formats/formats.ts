/** The formats known here, by name. */
import type { FormatName } from '../../model/pipeline.ts'
import { bytes } from './bytes.ts'
import { csv } from './csv.ts'
import { directory } from './directory.ts'
import { file } from './file.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import { text } from './text.ts'

export const FORMATS: Readonly<Record<FormatName, Format>> = { json, csv, text, bytes, file, directory }
