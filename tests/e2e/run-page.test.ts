import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CaseView, EpochLine } from '@radiolect/learning';
import { watchRunFolder } from '@radiolect/learning';
import { FolderRun } from '@radiolect/learning/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasGlyphs, openBrowser, screenshot } from './browser.ts';

// The page that a training run leaves, opened from the disk as a person does.

const folder = mkdtempSync(join(tmpdir(), 'radiolect-run-page-'));
let browser: Browser;
let page: Page;
const requests: string[] = [];
const errors: string[] = [];

const history: EpochLine[] = [1, 2, 3, 4].map((epoch) => ({
  epoch,
  step: 10 * epoch,
  trainingLoss: 1 / epoch,
  learningRate: 0.01,
  score: 0.6 + 0.1 * (epoch % 3),
  validationLoss: 1.2 / epoch,
}));

function view(name: string): CaseView {
  const pixels = Float32Array.from({ length: 64 * 16 }, (_, at) => (at % 16 > 5 && at % 16 < 10 ? 1 : 0.1));
  const heat = new Float32Array(64 * 16);
  heat.fill(1, 500, 504);
  return { view: name, rows: 64, columns: 16, pixels, heat };
}

beforeAll(async () => {
  const watcher = watchRunFolder(new FolderRun(folder), {
    wallClock: Date.now,
    siteName: (site) =>
      site === 'l4' ? { en: 'L4 vertebra', 'zh-Hant': '第四腰椎', 'zh-Hans': '第四腰椎' } : undefined,
  });
  await watcher.onStart!({
    name: 'first run',
    kind: 'site-reader',
    steps: 40,
    stepsPerEpoch: 10,
    step: 0,
    batchSize: 8,
    examples: { train: 80, validation: 20 },
    parameters: 1000,
    device: 'cpu',
    threads: 2,
    recipe: { name: 'first run' },
  });
  const rates = { learningRate: 0.01, gradientNorm: 1, imagesPerSecond: 30, secondsLeft: 1 };
  for (let step = 1; step <= 40; step++)
    await watcher.onStep!({ step, epoch: Math.ceil(step / 10), loss: 1 / step, ...rates });
  await watcher.onEnd!({
    finished: true,
    bestEpoch: 2,
    history,
    report: {
      sites: [
        { site: 'l4', auroc: 0.9, positives: 12, negatives: 8, prevalence: 0.5 },
        { site: 'c1', auroc: null, positives: 0, negatives: 20, prevalence: 0.01 },
        { site: 'rib-2', auroc: 0.7, positives: 2, negatives: 18, prevalence: 0.1 },
      ],
      cases: [
        {
          study: 'study-1',
          site: 'l4',
          label: 'present',
          probability: 0.1,
          views: [view('anterior'), view('posterior')],
        },
      ],
    },
  });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-TW' });
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(pathToFileURL(join(folder, 'run.html')).href);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

const column = (index: number): Promise<string[]> =>
  page.locator(`#sites tbody tr td:nth-child(${index})`).allInnerTexts();

test('opens in the language of the browser, and changes it by the keyboard', async () => {
  expect(await page.getByRole('heading', { name: '各部位的驗證結果' }).isVisible()).toBe(true);
  expect(await hasGlyphs(page, '訓練损失轮次')).toBe(true);
  expect(await column(1)).toEqual(['第四腰椎', 'c1', 'rib-2']);
  await screenshot(page, 'run-page-zh');
  await page.locator('#language').focus();
  await page.locator('#language').selectOption('en');
  expect(await page.getByRole('heading', { name: 'Worst cases' }).isVisible()).toBe(true);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await screenshot(page, 'run-page');
});

test('the table is sorted by the keyboard; what has no value comes last', async () => {
  const auroc = page.locator('#sites th').nth(1);
  await auroc.getByRole('button').focus();
  await page.keyboard.press('Enter');
  expect(await auroc.getAttribute('aria-sort')).toBe('ascending');
  expect(await column(1)).toEqual(['rib-2', 'L4 vertebra', 'c1']);
  await page.keyboard.press('Space');
  expect(await auroc.getAttribute('aria-sort')).toBe('descending');
  expect(await column(1)).toEqual(['L4 vertebra', 'rib-2', 'c1']);
});

test('pictures are drawn, curves speak, and nothing is fetched', async () => {
  const sizes = await page
    .locator('.case img')
    .evaluateAll((images) => images.map((image) => (image as unknown as { naturalHeight: number }).naturalHeight));
  expect(sizes).toEqual([64, 64]);
  expect(await page.getByRole('img', { name: /Training loss from 1 to 0.25/ }).count()).toBe(1);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
  expect(errors).toEqual([]);
});
