import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { formatTime, parseTime, parseTimeLiteral, taiMinusUtc } from '../../src/model/time.ts'

const SECOND = 1_000_000_000n
/** Instants of the years 0001 to 9999. */
const instant = fc.bigInt({ min: -62_135_596_790n * SECOND, max: 253_402_300_000n * SECOND })

describe('times', () => {
  test('any instant reads back from its text', () => {
    fc.assert(fc.property(instant, (tai) => parseTime(formatTime(tai)) === tai))
  })

  test('instants around every leap second read back, and the leap second itself is second 60', () => {
    for (let year = 1972; year <= 2017; year++) {
      for (const month of ['01', '07']) {
        const start = parseTime(`${year}-${month}-01T00:00:00Z`)
        for (let half = -4n; half <= 4n; half++) {
          const tai = start + (half * SECOND) / 2n
          assert.equal(parseTime(formatTime(tai)), tai)
        }
      }
    }
    const leap = parseTime('2017-01-01T00:00:00Z') - SECOND
    assert.equal(formatTime(leap), '2016-12-31T23:59:60Z')
    assert.equal(formatTime(leap - 1n), '2016-12-31T23:59:59.999999999Z')
  })

  test('TAI is 37 s ahead of UTC since 2017 and 10 s in 1972', () => {
    assert.equal(parseTime('2017-01-01T00:00:00Z') - parseTime('2017-01-01T00:00:00'), 37n * SECOND)
    assert.equal(parseTime('2016-12-31T23:59:59Z') - parseTime('2016-12-31T23:59:59'), 36n * SECOND)
    assert.equal(parseTime('1972-01-01T00:00:00Z') - parseTime('1972-01-01T00:00:00'), 10n * SECOND)
    assert.equal(taiMinusUtc(0), 10)
  })

  test('a record time is TAI without a zone, and its zone otherwise', () => {
    const utc = parseTime('2021-09-09T03:00:00Z')
    assert.equal(parseTime('2021-09-09T05:30:00+02:30'), utc)
    assert.equal(parseTime('2021-09-08 22:00:00-0500'), utc)
    assert.equal(parseTime('2021-09-09T03:00:37'), utc)
    assert.equal(parseTime('2021-09-09'), parseTime('2021-09-09T00:00:00.000'))
    assert.equal(parseTime('mjd/59466.125/tai'), parseTime('2021-09-09T03:00'))
  })

  test('one instant has many literals', () => {
    const same = [
      [
        '2021-09-09T03:00:00',
        '2021-09-09 03:00',
        '2021-9-9 3:0:0',
        '2021-09-09T03:00:00+00:00',
        '2021-09-09T03:00:37/tai',
        '2021-09-09T03:01:09.184/tt',
      ],
      [
        '2021-09-09T03:00:00',
        'ISOT/2021-09-09T03:00:00/UTC',
        'iso/2021-09-09 03:00:00',
        'fits/2021-09-09T03:00:00',
        '+02021-09-09T03:00:00',
      ],
      ['2021-09-09T03:00:00', '2021:252:03:00:00', 'yday/2021:252:03:00', 'unix/1631156400.0', 'unix/1631156400.', 'unix_tai/1631156437.0'],
      ['2021-09-09T03:00:00/tai', '59466.125', 'mjd/59466.125', 'jd/2459466.625', 'jd/2459466.625/tai', 'mjd/59466.1253725/tt'],
      ['1998-01-01T00:00:00/tt', 'cxcsec/0.0'],
      ['1980-01-06T00:00:00', 'gps/0.0'],
      ['2000-01-01T12:00:00/tt', 'jyear/2000.0/tt', 'jd/2451545.0/tt'],
      ['2001-07-02T12:00:00/tai', 'decimalyear/2001.5'],
      ['2016-12-31T23:59:60', '2017-01-01T00:00:36/tai'],
    ]
    for (const literals of same) assert.equal(new Set(literals.map(parseTimeLiteral)).size, 1, literals.join(' '))
  })

  const refused: readonly (readonly [string, RegExp])[] = [
    ['yesterday', /cannot read/],
    ['', /cannot read/],
    ['59466', /decimal point, as in 59466\.0/],
    ['2021-09-09T03', /minutes are missing/],
    ['2021-09-09T03:00:00Z', /no time zone/],
    ['2021-09-09T03:00:00+01:00', /no time zone/],
    ['2021-09-09T03:00:00+00:00/tai', /is UTC, not tai/],
    ['2021-13-01', /month 13/],
    ['2021-02-29', /day 29 is not within 1 and 28/],
    ['2021:366', /day 366/],
    ['2021-09-09T24:00', /hour 24/],
    ['2021-09-09T03:60', /minute 60/],
    ['2021-09-09T23:59:60', /no leap second/],
    ['2016-12-31T23:59:60/tai', /no leap second/],
    ['mjd/2021-09-09', /takes a number/],
    ['iso/59466.125', /takes a date/],
    ['iso/2021-09-09T03:00:00', /which is isot/],
    ['yday/2021-09-09', /which is isot/],
    ['mdj/59466.125', /did you mean "mjd"/],
    ['mjd/59466.125/ut1', /scale/],
    ['mjd/59466.125/tai/x', /FORMAT\/VALUE\/SCALE/],
  ]
  for (const [literal, why] of refused) {
    test(`the literal ${JSON.stringify(literal)} is refused`, () => {
      assert.throws(() => parseTimeLiteral(literal), { code: 'time-format', message: why })
    })
  }
})
