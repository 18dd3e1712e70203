import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { canonicalJson, fingerprint } from '../../src/model/canonical.ts'
import { HeddleError } from '../../src/model/errors.ts'
import { decodeGraph, encodeGraph } from '../../src/plan/graph/graph-file.ts'
import { plannedOf, planOf, quantaOf } from '../rig/planning.ts'

const TWO = `heddle: 1
name: two
parameters: {wet: 1.0}
dimensions:
  a: {type: string, records: [{a: x}, {a: y}]}
datasets:
  first: {dimensions: [a], format: json}
  second: {dimensions: [a], format: json}
tasks:
  one: {dimensions: [a], outputs: {out: first}, command: "echo 1 > {outputs.out}"}
  two: {dimensions: [a], inputs: {in: first}, outputs: {out: second}, config: {wet: "{parameters.wet}"}, command: "cat {inputs.in} > {outputs.out}"}
`

describe('canonical JSON and fingerprints', () => {
  it('gives the golden vector', () => {
    const golden = fingerprint({
      depends: [],
      input: {
        data: [
          [1, 2],
          [3, 4],
        ],
      },
      operation: ['scalems', 'Integer64'],
    })

    assert.equal(golden, '266bb4e33dfb7be89c04735cebe31cae8d7714243ccb9d137a1a37a46a645365')
  })

  it('writes numbers as RFC 8785, keys by code point, ASCII only, and refuses NaN', () => {
    assert.equal(
      canonicalJson({ b: 1.0, a: 1e21, é: 'ü\n', '\u{1F600}': -0 }),
      '{"a":1e+21,"b":1,"\\u00e9":"\\u00fc\\n","\\ud83d\\ude00":0}',
    )
    assert.equal(canonicalJson({ '\uffee': 1, '\u{1F600}': 2 }), '{"\\uffee":1,"\\ud83d\\ude00":2}')
    assert.equal(canonicalJson(2n ** 60n), '{"$int":"1152921504606846976"}')
    assert.throws(() => canonicalJson({ a: Number.NaN }), HeddleError)
  })

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        assert.equal(canonicalJson(reversed), canonicalJson(value))
      }),
    )
  })
})

describe('planned fingerprints', () => {
  it('do not depend on the names of tasks and dataset types, nor on the order of records', () => {
    const renamed = TWO.replaceAll('first', 'erst')
      .replaceAll('second', 'zweit')
      .replace('one:', 'eins:')
      .replace('two: {', 'zwei: {')
      .replace('[{a: x}, {a: y}]', '[{a: y}, {a: x}]')

    const [before, after] = [planOf({ yaml: TWO }), planOf({ yaml: renamed })]

    assert.equal(plannedOf(after, 'eins@a=x'), plannedOf(before, 'one@a=x'))
    assert.equal(plannedOf(after, 'zwei@a=y'), plannedOf(before, 'two@a=y'))
  })

  it('change with configuration, and only where it is used and below', () => {
    const [before, after] = [planOf({ yaml: TWO }), planOf({ yaml: TWO, params: { wet: '2' } })]

    assert.equal(plannedOf(after, 'one@a=x'), plannedOf(before, 'one@a=x'))
    assert.notEqual(plannedOf(after, 'two@a=x'), plannedOf(before, 'two@a=x'))
  })

  it('hold 1.0 and 1 for one number', () => {
    const [before, after] = [planOf({ yaml: TWO }), planOf({ yaml: TWO, params: { wet: '1' } })]

    assert.equal(plannedOf(after, 'two@a=x'), plannedOf(before, 'two@a=x'))
  })

  it('are never shared by two quanta of one graph', () => {
    const plan = planOf({ yaml: TWO })

    assert.equal(new Set(quantaOf(plan).map((id) => plannedOf(plan, id))).size, 4)
  })

  it('leave resources, retries and `after` out', () => {
    const changed = TWO.replace('two: {', 'two: {resources: {cores: 1, memory: 1GiB}, retry: 3, after: [one], ')

    assert.equal(plannedOf(planOf({ yaml: changed }), 'two@a=x'), plannedOf(planOf({ yaml: TWO }), 'two@a=x'))
  })
})

describe('the graph file', () => {
  const plan = planOf({ yaml: TWO })
  const file = encodeGraph(plan.graph, { note: 'kept' }, true)

  it('gives back the graph, byte for byte when saved again', () => {
    const { graph, about } = decodeGraph(file, 'f')

    assert.deepEqual(about, { note: 'kept' })
    assert.deepEqual(encodeGraph(graph, about, true), file)
    assert.equal(Buffer.compare(graph.planned, plan.graph.planned), 0)
  })

  it('is refused when cut at any length', () => {
    for (let length = 0; length < file.length; length++) {
      assert.throws(() => decodeGraph(file.slice(0, length), 'f'), HeddleError, `cut at ${length} of ${file.length}`)
    }
  })

  it('is refused when any byte is changed', () => {
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice()
      changed[at] = (changed[at] as number) ^ 0x41
      assert.throws(() => decodeGraph(changed, 'f'), HeddleError, `changed at ${at} of ${file.length}`)
    }
  })
})
