/** What every new project gets, whatever it is made from. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HeddleError } from '../model/errors.ts'
import { PIPELINE_FILE, STORE_FOLDER } from './project.ts'
import { PACKAGE_FOLDER } from './version.ts'

const SCHEMA_FILE = join(PACKAGE_FOLDER, 'schema', 'heddle.schema.json')

/** Throws `exists` where a new project would overwrite something; `name` is the folder as the user wrote it. */
export function refuseToOverwrite(folder: string, name: string): void {
  if (existsSync(join(folder, PIPELINE_FILE))) {
    throw new HeddleError('exists', `${name} holds a ${PIPELINE_FILE} already`, { hint: 'choose another name; nothing was changed' })
  }
  if (resolve('.') !== folder && existsSync(folder) && readdirSync(folder).length > 0) {
    throw new HeddleError('exists', `${name} is there already and not empty`, { hint: 'choose another name; nothing was changed' })
  }
}

/** Puts the schema where the pipeline's first line tells editors to look, and has git leave Heddle's own folder out. */
export function furnishProject(folder: string): void {
  mkdirSync(join(folder, STORE_FOLDER, 'schema'), { recursive: true })
  cpSync(SCHEMA_FILE, join(folder, STORE_FOLDER, 'schema', 'heddle.schema.json'))
  const file = join(folder, PIPELINE_FILE)
  const text = readFileSync(file, 'utf8').replace(/^# yaml-language-server:.*\n/u, '')
  writeFileSync(file, `# yaml-language-server: $schema=${STORE_FOLDER}/schema/heddle.schema.json\n${text}`)
  // npm leaves .gitignore out of packages, so it cannot be part of a template.
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), `${STORE_FOLDER}/\n`)
}
