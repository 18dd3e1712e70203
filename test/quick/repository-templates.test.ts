import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { HeddleError } from '../../src/model/errors.ts'
import type { Value, ValueType } from '../../src/model/value.ts'
import { discover } from '../../src/repository/templates/discover.ts'
import { pathMatcher } from '../../src/repository/templates/match-path.ts'
import { expandTemplate, parseTemplate } from '../../src/repository/templates/template.ts'
import { temporaryFolder } from '../rig/temporary-folder.ts'

function put(folder: string, ...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), '')
  }
}

function expand(template: string, ...values: Value[]): string {
  return expandTemplate(parseTemplate(template), values)
}

const code = (expected: string) => (error: unknown) => error instanceof HeddleError && error.code === expected

test('a value that would leave its folder, hide the file or leave no name is refused', () => {
  for (const value of ['../x', 'a/b', '..', '.', '.hidden', '', 'nul\0', null])
    assert.throws(() => expand('in/{a}', value), code('path-value'), String(value))
  assert.equal(expand('in/x{a}', '..'), 'in/x..')
  assert.throws(() => expand('in/{a}', 'é'.repeat(128)), code('path-value'))
})

test('a template that leaves the project or leads into the store is refused', () => {
  for (const template of ['/etc/{a}', '../{a}', 'a/../../b', '.heddle/x', '', './'])
    assert.throws(() => parseTemplate(template), code('path-outside'), template)
  assert.equal(expand('./a//{b}', 1), 'a/1')
})

test('braces that hold no name are literal, and regular expressions mean nothing in a template', (t) => {
  const folder = temporaryFolder(t)
  const template = parseTemplate('a+(b)|{ x}/{year}.[c]$')
  put(folder, 'a+(b)|{ x}/2012.[c]$', 'a+(b)|{ x}/2012Xc]$')
  assert.deepEqual(discover(folder, template, ['int'], 'file'), { paths: ['a+(b)|{ x}/2012.[c]$'], values: [[2012]] })
})

test('only the text that a typed value expands to is found', (t) => {
  const folder = temporaryFolder(t)
  put(folder, 'i/2012', 'i/02012', 'i/-5', 'i/-0', 'i/1e3', 'i/9007199254740993', 'f/1.5', 'f/1.50', 'f/1e+21', 'f/x', 'b/true', 'b/True')
  const found = (path: string, type: ValueType) => discover(folder, parseTemplate(path), [type], 'file').values[0]
  assert.deepEqual(found('i/{x}', 'int'), [-5, 2012, 9007199254740993n])
  assert.deepEqual(found('f/{x}', 'float'), [1.5, 1e21])
  assert.deepEqual(found('b/{x}', 'bool'), [true])
})

test('a field that stands twice has one value', (t) => {
  const folder = temporaryFolder(t)
  put(folder, 'a/a-1', 'a/b-1', 'b/b-2')
  assert.deepEqual(discover(folder, parseTemplate('{s}/{s}-{n}'), ['string', 'int'], 'file'), {
    paths: ['a/a-1', 'b/b-2'],
    values: [
      ['a', 'b'],
      [1, 2],
    ],
  })
})

test('links to files are found, folders are not files, and broken links and missing folders are passed over', (t) => {
  const folder = temporaryFolder(t)
  put(folder, 'far/x.csv', 'in/real.csv', 'in/folder.csv/inside')
  symlinkSync('../far/x.csv', join(folder, 'in/linked.csv'))
  symlinkSync('nowhere', join(folder, 'in/broken.csv'))
  symlinkSync('round.csv', join(folder, 'in/round.csv'))
  put(folder, 'plain')
  const template = parseTemplate('in/{s}.csv')
  assert.deepEqual(discover(folder, template, ['string'], 'file').values, [['linked', 'real']])
  assert.deepEqual(discover(folder, template, ['string'], 'directory').values, [['folder']])
  for (const path of ['none/{s}', 'plain/{s}', 'plain/literal'])
    assert.deepEqual(discover(folder, parseTemplate(path), path.includes('{') ? ['string'] : [], 'file').paths, [])
})

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/^\.|[/\0]/.test(text))
const values = fc.record({
  station: name,
  year: fc.integer(),
  code: name.filter((text) => !text.includes('_')),
  wet: fc.boolean(),
  level: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
})

test('what a template expands to, it reads back', () => {
  const template = parseTemplate('in put/{station}/{code}_{year}/{wet}_{level}.csv')
  const types: ValueType[] = ['string', 'string', 'int', 'bool', 'float']
  const match = pathMatcher(template, types)
  fc.assert(
    fc.property(values, ({ station, year, code: text, wet, level }) => {
      const row = [station, text, year, wet, level]
      assert.deepEqual(match(expandTemplate(template, row)), row)
    }),
  )
})

test('files written where a template says are found with the same values, whatever their names', (t) => {
  const folder = temporaryFolder(t)
  const template = parseTemplate('in/{station}/{year}.csv')
  const odd = [
    'with space',
    "it's",
    '"quoted"',
    'new\nline',
    'Ünïcödé 雪 🌧',
    '-rf',
    '$(x)',
    'back\\slash',
    '{brace}',
    '*',
    '%2F',
    '~',
    'a,b=c@d#e',
  ]
  const rows = odd.map((station, i) => [station, 2000 + i])
  put(folder, ...rows.map((row) => expandTemplate(template, row)))
  const found = discover(folder, template, ['string', 'int'], 'file')
  const read = found.paths.map((_, i) => [found.values[0]?.[i], found.values[1]?.[i]])
  assert.deepEqual(new Set(read.map(String)), new Set(rows.map(String)))
  assert.equal(read.length, rows.length)
})
