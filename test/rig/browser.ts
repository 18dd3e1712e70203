/** A real browser for tests of pages. */
import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** The browser of this machine, if there is one. */
export const browserPlace = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((place) => existsSync(place))

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run']

/** Questions to a page: plain JavaScript, as it runs there. */
const PROBES = readFileSync(new URL('./probes.js', import.meta.url), 'utf8')

/** Starts it. */
export async function openBrowser(): Promise<Browser> {
  if (browserPlace === undefined) throw new Error('there is no Chromium here')
  return await chromium.launch({ executablePath: browserPlace, args: ARGUMENTS })
}

/** A page that was opened, and what it said and asked for. */
export interface Visit extends Disposable {
  readonly page: Page
  /** Messages of the console, and errors that nobody caught. */
  readonly messages: readonly string[]
  /** Everything that it asked for but pictures within itself. */
  readonly requests: readonly string[]
}

/** Opens a report and waits until its timeline is drawn. */
export async function openPage(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const messages: string[] = []
  const requests: string[] = []
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url())
  })
  await page.goto(pathToFileURL(file).href)
  await page.waitForSelector('#timeline-canvas[data-bars]')
  await page.evaluate(PROBES)
  return { page, messages, requests, [Symbol.dispose]: () => void context.close() }
}

/** Asks a probe of `probes.js`. */
export async function ask<T>({ page }: Visit, probe: string): Promise<T> {
  return await page.evaluate<T>(`probes.${probe}()`)
}
