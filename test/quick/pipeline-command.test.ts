import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CommandValues, parseCommand, quoteWord, renderCommand } from '../../src/model/command/command-template.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

const HOSTILE = [
  'plain',
  'with space',
  "it's",
  'say "hi"',
  'a\nb',
  'a\nEOF\ntouch pwned',
  '$(touch pwned)',
  '`touch pwned`',
  "'; touch pwned; '",
  '"; touch pwned; "',
  '\\',
  "\\'",
  '$HOME',
  '${HOME}',
  '*',
  '-rf',
  '#',
  '~',
  'é 日本 🧵',
  '',
  '2',
  '1; touch pwned',
  '} ; touch pwned',
  ') ; touch pwned',
  "$'\\x27'",
  '!!',
  'a\tb',
  '%s',
  '&',
  '|',
  '>pwned',
]

const SHELLS = ['/bin/sh', '/bin/bash', '/bin/busybox'].filter((shell) => existsSync(shell))

function valuesOf(word: string, list: readonly string[] = []): CommandValues {
  return { inputs: { list }, outputs: {}, config: { v: word }, dataId: {}, resources: {}, parameters: {} }
}

function run(shell: string, script: string, folder: string): string {
  const args = shell.endsWith('busybox') ? ['sh', '-c', script] : ['-c', script]
  const result = spawnSync(shell, args, { cwd: folder, encoding: 'utf8' })
  assert.equal(result.status, 0, `${shell}: ${result.stderr}\n${script}`)
  return result.stdout
}

/** Commands that print the value between brackets, with it in another place of shell text each. */
const PLACES = {
  'as a word': "printf '[%s]' {config.v}",
  'as a word of text without quotes': 'printf [%s] {config.v}',
  'in double quotes': 'printf \'[%s]\' "{config.v}"',
  'in single quotes': "printf '[%s]' '{config.v}'",
  'in double quotes in a substitution in double quotes': 'printf "%s" "$(printf \'[%s]\' "{config.v}"; printf .)" | sed \'$s/\\.$//\'',
  'in a substitution': "x=$(printf '[%s].' {config.v}); printf '%s' \"${x%.}\"",
  'in backticks': "x=`printf '[%s].' {config.v}`; printf '%s' \"${x%.}\"",
  'in a here-document': "cat <<EOF | sed '$d'\n[{config.v}]\nend\nEOF",
  'in a parameter expansion': 'unset x; printf \'[%s]\' "${x:-{config.v}}"',
  'behind a comment': "# it's \"open\nprintf '[%s]' {config.v}",
  'in a comment': '# {config.v}\nv={config.v}; printf \'[%s]\' "$v"',
  'in a case': "case x in x) printf '[%s]' {config.v};; esac",
  'in a subshell': "(printf '[%s]' {config.v})",
}

for (const [place, command] of Object.entries(PLACES)) {
  test(`a value ${place} is the same word in every shell, and never code`, (t) => {
    const folder = temporaryFolder(t)
    const template = parseCommand(command)
    for (const shell of SHELLS) {
      for (const value of HOSTILE) {
        const rendered = renderCommand(template, valuesOf(value))
        assert.equal(rendered.kind, 'command')
        const printed = run(shell, rendered.kind === 'command' ? rendered.script : '', folder)
        const expected = `[${value}]`
        if (place === 'in a here-document') assert.equal(printed, `${expected}\n`)
        else assert.equal(printed, expected, `${shell}: ${value}`)
        assert.equal(existsSync(join(folder, 'pwned')), false)
      }
    }
  })
}

test('a gathered input is one word an element, in and outside quotes', (t) => {
  const folder = temporaryFolder(t)
  const list = ['a b', "c'd", '$e', 'f\ng']
  for (const command of [
    "printf '[%s]' {inputs.list}",
    'printf \'[%s]\' "{inputs.list}"',
    "printf '[%s]' '{inputs.list}'",
    'printf [%s] {inputs.list}',
  ]) {
    const rendered = renderCommand(parseCommand(command), valuesOf('', list))

    assert.equal(run('/bin/sh', rendered.kind === 'command' ? rendered.script : '', folder), list.map((word) => `[${word}]`).join(''))
  }
})

test('a list has no shell: an element that is just a gathered placeholder becomes as many arguments', () => {
  const template = parseCommand(['cat', '{inputs.list}', '--v={config.v}', '{print $1}'])

  const rendered = renderCommand(template, valuesOf("$(x) 'y'", ['a b', '-c']))

  assert.deepEqual(rendered, { kind: 'program', argv: ['cat', 'a b', './-c', "--v=$(x) 'y'", '{print $1}'] })
})

test('an absent gathered input is no word at all', () => {
  const rendered = renderCommand(parseCommand('cat {inputs.list}'), valuesOf('', []))

  assert.deepEqual(rendered, { kind: 'command', script: 'cat ' })
})

test('a path that begins with a dash cannot be taken for an option', () => {
  const rendered = renderCommand(parseCommand('cat {inputs.list}'), valuesOf('', ['-n']))

  assert.deepEqual(rendered, { kind: 'command', script: 'cat ./-n' })
})

test('braces that are no placeholders stay as they are', () => {
  const text = "awk '{print $1; {x}}' {input.x} ${HOME} {inputs} {inputs.} {}"

  assert.deepEqual(renderCommand(parseCommand(text), valuesOf('')), { kind: 'command', script: text })
})

test('a command without quotes reads as a person would write it', () => {
  const values = { ...valuesOf(''), inputs: { readings: 'input/a b.csv' }, outputs: { clean: '/tmp/x/clean.csv' } }

  const rendered = renderCommand(parseCommand('awk -f clean.awk {inputs.readings} > {outputs.clean}'), values)

  assert.deepEqual(rendered, { kind: 'command', script: "awk -f clean.awk 'input/a b.csv' > /tmp/x/clean.csv" })
})

test('any text survives quoting', (t) => {
  const folder = temporaryFolder(t)
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((word) => !word.includes('\0') && word.isWellFormed())

  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (words) => {
      assert.equal(run('/bin/sh', `printf '[%s]' ${words.map(quoteWord).join(' ')}`, folder), words.map((word) => `[${word}]`).join(''))
    }),
    { numRuns: 50 },
  )
})
