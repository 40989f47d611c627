import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, openBrowser, screenshot } from './browser.ts';
import type { ServedReadingRoom } from './reading-room.ts';
import { serveReadingRoom } from './reading-room.ts';

// The button that trains on one's own archive, from the page: the small recipe runs every part in about a minute. What
// it learns is not looked at here; how well a model reads is measured elsewhere.

let room: ServedReadingRoom;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  room = await serveReadingRoom(24, 4);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, locale: 'en-GB' });
  page.setDefaultTimeout(45_000);
  await page.goto(room.address);
  // The list of earlier imports comes late, when this one runs: what runs is no last import.
  await page.route('**/api/imports', async (route) => {
    if (route.request().method() === 'GET') await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await page.goto(`${new URL(room.address).origin}/#/archive`);
  await page.getByLabel('Files or folders').fill(`${room.archive.dicom}\n${room.archive.reports}`);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('region', { name: 'Last import' }).waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await browser?.close();
  await room?.close();
});

test('trains on the archive with live progress and a curve', async () => {
  await page.getByRole('link', { name: 'Training' }).click();
  const panel = page.getByRole('region', { name: 'Train', exact: true });
  await panel.getByLabel('Recipe').selectOption('smoke');
  await panel.getByRole('button', { name: 'Train on my 24 studies' }).click();
  await panel.getByRole('progressbar').waitFor();
  await panel.getByRole('img', { name: 'Training curve' }).waitFor({ timeout: 150_000 });
  await screenshot(page, 'training-runs');
  await panel.getByRole('button', { name: /^Train on my/ }).waitFor({ timeout: 150_000 });
  await page.getByRole('region', { name: 'Models' }).getByText('trained here').waitFor();
});

test('the new model is used, and reads the archive in the background', async () => {
  const models = page.getByRole('region', { name: 'Models' });
  const card = models.locator('.model-card', { hasText: 'smoke' });
  const use = card.getByRole('button', { name: 'Use this one' });
  if (await use.isVisible()) await use.click();
  await card.getByText('in use').waitFor();
  await page.getByRole('link', { name: 'Worklist' }).click();
  await expect
    .poll(() => page.locator('table.worklist .tag.status.unread').count(), { timeout: 150_000, interval: 2000 })
    .toBe(0);
  await screenshot(page, 'worklist-read');
});

test('its findings are proposals, with a probability and a heat map', async () => {
  // A model of a minute's training calls nothing in some studies: the first in which it does.
  const row = page.locator('.finding-row.proposed').first();
  for (let study = 0; ; study++) {
    await page.locator('table.worklist tbody tr').nth(study).click();
    await page.locator('.scan-view').nth(1).waitFor();
    // Until the new model has come to this study, the list is that of the model before.
    await page.getByText(/Read by smoke/).waitFor({ timeout: 150_000 });
    if (await row.locator('.probability').isVisible()) break;
    await page.goBack();
  }
  const coloured = async (): Promise<number> => {
    const frames = ['anterior', 'posterior'].map((view) => page.locator(`.scan-view[data-view="${view}"] .scan-frame`));
    let sum = 0;
    for (const frame of frames) sum += (await drawn(page, frame)).coloured;
    return sum;
  };
  // Chosen by the keyboard, the finding's site is outlined in colour before the heat map comes on top, and after. How
  // much a map colours goes with the size of its site: from a vertebra to the skull it is ten times as much.
  await page.keyboard.press('j');
  await expect.poll(coloured).toBeGreaterThan(0);
  const outlined = await coloured();
  await page.keyboard.press('h');
  await expect.poll(coloured, { timeout: 30_000 }).toBeGreaterThan(1.1 * outlined);
  await screenshot(page, 'heat-map');
  await page.keyboard.press('h');
  await expect.poll(coloured, { timeout: 30_000 }).toBe(outlined);
  // A reading that arrives meanwhile replaces the list: chosen again, then accepted.
  await expect
    .poll(async () => {
      await page.keyboard.press('k');
      await page.keyboard.press('a');
      await page.waitForTimeout(1000);
      return page.locator('.finding-row.accepted').count();
    })
    .toBeGreaterThan(0);
});
