/** The main job on real data: its numbers, and what runs again when something changes. */
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Climate } from '../../examples/climate/climate.ts'
import { output, trialProject } from '../rig/trial-project.ts'

/** The same quantities in another way: Python's csv module over the whole table. */
const INDEPENDENT = `
import csv, itertools, json, statistics as s
days = list(csv.DictReader(open("weather.csv")))
number = lambda day, name: float(day[name])
def station(name):
    years = [[d for d in days if d["location"] == name and d["date"].startswith(y)] for y in ("2012", "2013", "2014", "2015")]
    every = [d for year in years for d in year]
    wet = [[number(d, "precipitation") >= 1.0 for d in year] for year in years]
    spells = lambda wanted: max(len(list(run)) for year in wet for value, run in itertools.groupby(year) if value is wanted)
    hottest, coldest = max(every, key=lambda d: number(d, "temp_max")), min(every, key=lambda d: number(d, "temp_min"))
    return {
        "rain_mm": s.fmean(sum(number(d, "precipitation") for d in year) for year in years),
        "mean_c": s.fmean(s.fmean((number(d, "temp_max") + number(d, "temp_min")) / 2 for d in year) for year in years),
        "wet_days": s.fmean(sum(year) for year in wet),
        "frost_nights": s.fmean(sum(number(d, "temp_min") < 0 for d in year) for year in years),
        "longest_dry_spell": spells(False),
        "longest_wet_spell": spells(True),
        "hottest": [hottest["date"], number(hottest, "temp_max")],
        "coldest": [coldest["date"], number(coldest, "temp_min")],
    }
print(json.dumps({name: station(name) for name in ("New York", "Seattle")}))
`

type Expected = Record<string, Record<string, number | [string, number]>>

describe('the climate example', () => {
  test('gives the numbers that another program gets from the same table', () => {
    using project = trialProject('climate')
    const { state, counts } = project.run()
    assert.equal(state, 'completed')
    assert.equal(counts['completed'], 30)
    const expected = JSON.parse(output('python3', ['-c', INDEPENDENT], { cwd: project.folder })) as Expected
    for (const [station, values] of Object.entries(expected)) {
      const climate = JSON.parse(readFileSync(join(project.folder, 'output', `${station}.json`), 'utf8')) as Climate
      for (const name of ['rain_mm', 'mean_c', 'wet_days', 'frost_nights', 'longest_dry_spell', 'longest_wet_spell'] as const) {
        const wanted = Number(values[name])
        assert.ok(Math.abs(climate[name] - wanted) < 0.06, `${station} ${name}: ${climate[name]}, not ${wanted}`)
      }
      assert.deepEqual([climate.hottest.date, climate.hottest.high_c], values['hottest'])
      assert.deepEqual([climate.coldest.date, climate.coldest.low_c], values['coldest'])
    }
  })

  test('draws a chart that is well-formed and shows both stations', () => {
    using project = trialProject('climate')
    project.run()
    const program = 'import sys, xml.etree.ElementTree as x; print(" ".join(x.parse(sys.argv[1]).getroot().itertext()))'
    const text = output('python3', ['-c', program, 'output/climate.svg'], { cwd: project.folder })
    for (const part of ['A year in New York and Seattle', '37.8 °C, 18 Jul 2013', '−16.0 °C, 4 Jan 2014', '°C', 'mm', 'NOAA']) {
      assert.ok(text.includes(part), part)
    }
  })

  test('runs nothing when nothing changed, and after a changed setting only what depends on it', () => {
    using project = trialProject('climate')
    project.run()
    assert.deepEqual(pick(project.run().counts), { completed: 0, reused: 30 })
    const plan = project.json('plan', '--summary', '--param', 'wet_mm=5') as { tasks: Record<string, { run: number }> }
    assert.deepEqual(
      Object.entries(plan.tasks).flatMap(([task, { run }]) => (run > 0 ? [task] : [])),
      ['year_summary', 'station_climate', 'compare', 'plot'],
    )
    assert.deepEqual(pick(project.run('--param', 'wet_mm=5').counts), { completed: 12, reused: 18 })
    assert.deepEqual(pick(project.run().counts), { completed: 0, reused: 30 })
  })

  test('why names the one thing that changed, also after going back to an old setting', () => {
    using project = trialProject('climate')
    const id = 'year_summary@station=Seattle,year=2013'
    const why = (...words: string[]) => (project.json('why', id, ...words) as { reasons: object[] }).reasons
    project.run()
    assert.deepEqual(why('--param', 'wet_mm=5'), [{ kind: 'config', name: 'wet_mm', was: 1, is: 5 }])
    project.run('--param', 'wet_mm=5')
    project.run()
    appendFileSync(join(project.folder, 'climate.py'), 'COUNT = 1\n')
    assert.deepEqual(
      why().map((reason) => (reason as { kind: string }).kind),
      ['code'],
    )
  })

  test('a corrected reading goes no further than the year that it belongs to', () => {
    using project = trialProject('climate')
    project.run()
    const table = join(project.folder, 'weather.csv')
    const text = readFileSync(table, 'utf8')
    writeFileSync(table, text.replace('Seattle,2012-01-02,10.9,', 'Seattle,2012-01-02,12.9,'))
    // Eight splits read the table; one clean, one summary, one calendar, one climate, the comparison and the chart follow.
    assert.deepEqual(pick(project.run().counts), { completed: 8 + 1 + 1 + 1 + 1 + 1 + 1, reused: 7 + 7 + 1 + 1 })
  })

  test('has bodies that are plain functions', async () => {
    const { combine } = await import('../../examples/climate/climate.ts')
    const year = {
      station: 'here',
      days: 365,
      mean_c: 10,
      hottest: { date: '2012-07-01', high_c: 30 },
      coldest: { date: '2012-01-01', low_c: -5 },
      frost_nights: 10,
      rain_mm: 100,
      wet_days: 20,
      longest_dry_spell: 7,
      longest_wet_spell: 3,
    }
    const climate = combine({
      yearly: [
        { ...year, year: 2012 },
        { ...year, year: 2013, mean_c: 12, hottest: { date: '2013-08-01', high_c: 35 } },
      ],
      dataId: { station: 'here' },
    })
    assert.equal(climate.mean_c, 11)
    assert.equal(climate.hottest.date, '2013-08-01')
    assert.equal(climate.mm_per_wet_day, 5)
  })
})

function pick(counts: Readonly<Record<string, number>>): { completed: number | undefined; reused: number | undefined } {
  return { completed: counts['completed'], reused: counts['reused'] }
}
