/** `bench/all [RUNS] [WORK…]`: one table of all measures. */
import { planning } from './planning.ts'
import { commands, pythonFunctions } from './running.ts'
import { printTable } from './table.ts'

const WORKS = { planning, commands, python: pythonFunctions }

const [first = '3', ...rest] = process.argv.slice(2)
const runs = Number(first)
const names = Number.isInteger(runs) ? rest : [first, ...rest]
const chosen = Object.entries(WORKS).filter(([name]) => names.length === 0 || names.includes(name))
const lines = []
for (const [, work] of chosen) lines.push(...(await work(Number.isInteger(runs) ? runs : 3)))
printTable(lines)
