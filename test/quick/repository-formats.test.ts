import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from '../../src/model/canonical.ts'
import { HeddleError } from '../../src/model/errors.ts'
import type { FormatName } from '../../src/model/pipeline.ts'
import type { ValueFormat } from '../../src/repository/formats/format.ts'
import { FORMATS } from '../../src/repository/formats/formats.ts'

const format = (name: FormatName) => FORMATS[name] as ValueFormat
const written = (name: FormatName, value: unknown) => Buffer.from(format(name).encode(value)).toString()
const read = (name: FormatName, text: string | Uint8Array) => format(name).decode(typeof text === 'string' ? Buffer.from(text) : text)
const says = (pattern: RegExp) => (error: unknown) => error instanceof HeddleError && pattern.test(error.message)

test('json is written in canonical form and read back, integers of any size included', () => {
  assert.equal(
    written('json', { b: 1.0, a: ['é', null, true], big: 9007199254740993n }),
    '{"a":["\\u00e9",null,true],"b":1,"big":{"$int":"9007199254740993"}}',
  )
  assert.deepEqual(read('json', '{"big":{"$int":"9007199254740993"},"x":[1.5]}'), { big: 9007199254740993n, x: [1.5] })
  fc.assert(
    fc.property(fc.jsonValue(), (value) => assert.equal(canonicalJson(read('json', format('json').encode(value))), canonicalJson(value))),
  )
})

test('json says which part of a value it cannot write', () => {
  assert.throws(() => written('json', { a: [1, { 'b c': Number.NaN }] }), says(/\$\.a\[1\]\["b c"\] is NaN/))
  assert.throws(() => written('json', [undefined]), says(/\$\[0\] is undefined/))
  assert.throws(() => written('json', { when: new Date() }), says(/\$\.when is a Date/))
  assert.throws(() => written('json', { x: new Float64Array(2) }), says(/\$\.x is a Float64Array/))
  const ring: unknown[] = []
  ring.push(ring)
  assert.throws(() => written('json', ring), says(/\$\[0\] holds itself/))
  assert.throws(() => read('json', '{"a":'), says(/these bytes are no json/))
})

test('csv is a list of records of strings, quoted only where it must be', () => {
  assert.equal(
    written('csv', [
      { a: 'x, "y"', b: 1.5 },
      { a: null, c: true },
    ]),
    'a,b,c\n"x, ""y""",1.5,\n,,true\n',
  )
  assert.deepEqual(read('csv', '\ufeffa,b\r\n"x\r\ny",2\r\n\r\n,"""q"""\r\n'), [
    { a: 'x\r\ny', b: '2' },
    { a: '', b: '"q"' },
  ])
  assert.equal(written('csv', []), '')
  assert.deepEqual(read('csv', ''), [])
  assert.deepEqual(read('csv', 'a,b\n'), [])
  assert.throws(() => read('csv', 'a,b\n1\n'), says(/record 1 has 1 fields; expected 2/))
  assert.throws(() => written('csv', [{ a: [1] }]), says(/"a" of record 1 is a list/))
  assert.throws(() => written('csv', { a: 1 }), says(/expected a list of objects, found an object/))
})

test('csv reads back what it wrote', () => {
  const field = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed().replaceAll('\ufeff', ''))
  const rows = fc.array(fc.record({ a: field, 'b "c",': field }, { noNullPrototype: true }), { minLength: 1 })
  fc.assert(fc.property(rows, (value) => assert.deepEqual(read('csv', format('csv').encode(value)), value)))
  fc.assert(
    fc.property(fc.array(fc.record({ only: field }, { noNullPrototype: true }), { minLength: 1 }), (value) =>
      assert.deepEqual(read('csv', format('csv').encode(value)), value),
    ),
  )
})

test('text is UTF-8 and nothing else', () => {
  assert.equal(read('text', format('text').encode('\ufeffé\n')), '\ufeffé\n')
  assert.throws(() => read('text', Buffer.from([0xff])), says(/expected text in UTF-8/))
  assert.throws(() => written('text', '\ud800'), says(/half a surrogate pair/))
  assert.throws(() => written('text', 5), says(/expected a string, found a number/))
})

test('bytes are a view of what was given, never of its whole buffer', () => {
  const part = new Uint16Array([1, 2, 3]).subarray(1, 2)
  assert.deepEqual([...format('bytes').encode(part)], [2, 0])
  assert.throws(() => written('bytes', 'x'), says(/expected a Uint8Array, found a string/))
})
