import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawn, hasGlyphs, openBrowser, screenshot } from './browser.ts';
import type { ServedReadingRoom } from './reading-room.ts';
import { serveReadingRoom } from './reading-room.ts';

// One reader's first hour with an archive, in order: each test goes on where the one before it stopped.

const studies = 12;
const material = process.env.RADIOLECT_MATERIAL ?? fileURLToPath(new URL('../../../shared', import.meta.url));
/** The one real bone scan at hand: Secondary Capture with one frame and no view code. */
const realScan = join(material, 'data/pydicom-data/data_store/data/JPEG-LL.dcm');
let room: ServedReadingRoom;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  room = await serveReadingRoom(studies, 4);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, locale: 'en-GB' });
  page.setDefaultTimeout(45_000);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(room.address);
});

afterAll(async () => {
  await browser?.close();
  await room?.close();
});

const rows = () => page.locator('table.worklist tbody tr');
const draftText = () => page.locator('.report-panel.draft .report-body').textContent();
const impression = () => page.locator('.report-panel.draft .report-section').nth(1).textContent();
const leftLeg = /left (lower )?leg|left tibia|both (lower )?legs/i;
const findingRow = (site: string) => page.locator(`.finding-row[data-site="${site}"]`);
const mapSite = (site: string, view = 'anterior') =>
  page.locator(`.body-drawing[data-view="${view}"] path[data-site="${site}"]`);

/** Clicks a site of the body map at a point that is inside its outline and not covered by a nearer one. */
async function clickSite(site: string, view = 'anterior'): Promise<void> {
  const point = (await page.evaluate(`(() => {
    const path = document.querySelector('.body-drawing[data-view="${view}"] path[data-site="${site}"]');
    const box = path.getBoundingClientRect();
    for (let y = box.top + 0.5; y < box.bottom; y++)
      for (let x = box.left + 0.5; x < box.right; x++)
        if (document.elementFromPoint(x, y) === path) return [x, y];
    return undefined;
  })()`)) as [number, number] | undefined;
  if (!point) throw new Error(`${site} cannot be clicked in the ${view} view`);
  await page.mouse.click(...point);
}

describe('a fresh reading room', () => {
  test('is closed to whoever has no token', async () => {
    const answer = await fetch(`${new URL(room.address).origin}/api/studies`);
    expect(answer.status).toBe(401);
  });

  test('begins empty and says what to do', async () => {
    await page.getByText('No studies yet.').waitFor();
    expect(await page.getByText('For research, not a medical device').isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Import studies and reports' }).click();
  });

  test('takes an archive in through the import page, with progress and a summary', async () => {
    await page.getByLabel('Files or folders').fill(`${room.archive.dicom}\n${room.archive.reports}`);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const summary = page.getByRole('region', { name: 'Last import' });
    await summary.waitFor({ timeout: 170_000 });
    const figure = async (name: string): Promise<number> =>
      Number(await summary.locator('dl > div', { hasText: name }).locator('dd').textContent());
    expect(await figure('Studies added')).toBe(studies);
    expect(await figure('Reports added')).toBe(studies);
    expect(await figure('Matched by number')).toBe(studies);
    await screenshot(page, 'import');
  });
});

describe('the worklist', () => {
  test('shows every study and narrows by search and status', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await rows().first().waitFor();
    expect(await rows().count()).toBe(studies);
    await page.getByRole('button', { name: /^signed/ }).click();
    await page.getByText('No study matches the filter.').waitFor();
    await page.getByRole('button', { name: /^all/ }).click();
    const accession = (await rows().nth(3).locator('a').textContent()) ?? '';
    await page.getByRole('searchbox').fill(accession);
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('searchbox').fill('');
    await expect.poll(() => rows().count()).toBe(studies);
    await page.getByRole('searchbox').blur();
    await screenshot(page, 'worklist');
  });

  test('opens a study with j, k and Enter', async () => {
    const wanted = await rows().nth(1).getAttribute('data-study');
    for (const key of ['j', 'j', 'k', 'Enter']) await page.keyboard.press(key);
    await page.locator('.study-page').waitFor();
    expect(page.url()).toContain(encodeURIComponent(wanted ?? '?'));
  });
});

describe('the scans', () => {
  test('show bones, not a bladder alone', async () => {
    await page.locator('.scan-view').nth(1).waitFor();
    await screenshot(page, 'scans');
    for (const view of ['anterior', 'posterior']) {
      const frame = page.locator(`.scan-view[data-view="${view}"] .scan-frame`);
      const picture = await drawn(page, frame);
      // Hot-black: paper round the body, little of it black, and something darker than soft tissue at most heights.
      expect(picture.mean).toBeGreaterThan(170);
      expect(picture.black).toBeLessThan(0.06);
      const body = picture.darkest.slice(picture.height * 0.05, picture.height * 0.95);
      expect(body.filter((darkest) => darkest < 225).length / body.length).toBeGreaterThan(0.65);
      expect(body.filter((darkest) => darkest < 175).length / body.length).toBeGreaterThan(0.15);
    }
  });

  test('carry R and L: the patient’s right is on the left in front and on the right behind', async () => {
    const letters = (view: string, at: string) =>
      page.locator(`.scan-view[data-view="${view}"] .side-letter.${at}`).textContent();
    expect(await letters('anterior', 'at-left')).toBe('R');
    expect(await letters('anterior', 'at-right')).toBe('L');
    expect(await letters('posterior', 'at-left')).toBe('L');
    expect(await letters('posterior', 'at-right')).toBe('R');
  });

  test('turn darker with a lower threshold and dark with hot-white', async () => {
    const frame = page.locator('.scan-view[data-view="posterior"] .scan-frame');
    const opening = await drawn(page, frame);
    for (let press = 0; press < 6; press++) await page.keyboard.press('[');
    expect((await drawn(page, frame)).mean).toBeLessThan(opening.mean - 3);
    await page.getByLabel('Colours').selectOption('hot-white');
    expect((await drawn(page, frame)).mean).toBeLessThan(100);
    await page.getByLabel('Colours').selectOption('hot-black');
    await page.getByLabel('Colours').blur();
    await page.keyboard.press('0');
    expect(Math.abs((await drawn(page, frame)).mean - opening.mean)).toBeLessThan(1);
  });

  test('zoom about the pointer and link the cursor between the views', async () => {
    const frame = page.locator('.scan-view[data-view="anterior"] .scan-frame');
    const before = await drawn(page, frame);
    const box = await frame.boundingBox();
    await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 3);
    await page.locator('.scan-view[data-view="posterior"] .cursor-cross').waitFor({ state: 'attached' });
    await page.mouse.wheel(0, -900);
    await page.waitForTimeout(200);
    expect(Math.abs((await drawn(page, frame)).mean - before.mean)).toBeGreaterThan(2);
    await page.keyboard.press('0');
  });
});

describe('findings and the draft', () => {
  test('a list starts from the model, or from the report on file', async () => {
    await page.locator('.column-sites').waitFor();
    const take = page.getByRole('button', { name: 'Take over what the report says' });
    if (await take.isVisible()) await take.click();
    await page.locator('.report-panel.draft .sentence').first().waitFor();
    await screenshot(page, 'study');
  });

  test('a click on the body map adds a finding, and the draft says so', async () => {
    await clickSite('leg-left');
    const card = page.getByRole('group', { name: 'Add a finding' });
    expect(await card.getByLabel('Site').inputValue()).toBe('leg-left');
    await card.getByRole('button', { name: /^present/ }).click();
    await findingRow('leg-left').and(page.locator('.present.accepted')).waitFor();
    await expect.poll(draftText).toMatch(leftLeg);
  });

  test('an edited cause reaches the draft', async () => {
    const row = findingRow('leg-left').and(page.locator('.present'));
    await row.hover();
    await row.getByRole('button', { name: /^Edit/ }).click();
    const editor = page.getByRole('form', { name: 'Edit' });
    await editor.getByLabel('Cause').selectOption('traumatic');
    expect(await editor.getByLabel('Likelihood').inputValue()).not.toBe('');
    await editor.getByLabel('Intensity').selectOption('intense');
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.waitFor({ state: 'detached' });
    await row.getByText('intense, traumatic').waitFor();
    await expect.poll(draftText).toMatch(/trauma|fracture|injur/i);
    await expect.poll(impression).toMatch(leftLeg);
  });

  test('a rejected finding becomes absent and leaves the impression', async () => {
    const row = findingRow('leg-left').and(page.locator('.present'));
    await row.hover();
    await row.getByRole('button', { name: /^Reject/ }).click();
    await expect.poll(() => row.count()).toBe(0);
    await mapSite('leg-left').and(page.locator('.absent')).waitFor();
    await expect.poll(impression).not.toMatch(leftLeg);
  });

  test('a removed finding is mentioned no more', async () => {
    await clickSite('calvarium');
    await page
      .getByRole('group', { name: 'Add a finding' })
      .getByRole('button', { name: /^uncertain/ })
      .click();
    const row = findingRow('calvarium').and(page.locator('.uncertain'));
    await row.waitFor();
    await row.hover();
    await row.getByRole('button', { name: /^Remove/ }).click();
    await expect.poll(() => findingRow('calvarium').count()).toBe(0);
    await mapSite('calvarium').and(page.locator('.unmentioned')).waitFor();
  });

  test('an outline drawn on the scan becomes evidence of a finding', async () => {
    await page.keyboard.press('o');
    const box = (await page.locator('.scan-view[data-view="posterior"] .scan-frame').boundingBox())!;
    const [x, y] = [box.x + box.width * 0.5, box.y + box.height * 0.36];
    await page.mouse.move(x - 9, y - 9);
    await page.mouse.down();
    for (const [dx, dy] of [
      [9, -9],
      [12, 4],
      [6, 11],
      [-8, 10],
      [-11, 0],
      [-9, -8],
    ] as const)
      await page.mouse.move(x + dx, y + dy, { steps: 4 });
    await page.mouse.up();
    const card = page.getByRole('group', { name: 'Add a finding' });
    const site = card.getByLabel('Site');
    const chosen = await site.inputValue();
    // The lower thoracic or upper lumbar spine lies there, whoever was drawn.
    expect(chosen).toMatch(/^(t1[0-2]|l[1-3])$/);
    await card.getByRole('button', { name: /^present/ }).click();
    await findingRow(chosen).and(page.locator('.present')).last().waitFor();
    await page.locator('.scan-view[data-view="posterior"] path.from-finding').first().waitFor({ state: 'attached' });
    await screenshot(page, 'outlined');
  });

  test('the clinical panel feeds the draft', async () => {
    await page.getByLabel('Question').fill('Staging of lung cancer');
    await page.getByLabel('Question').blur();
    await expect.poll(draftText).toContain('Staging of lung cancer');
  });

  test('pointing at a sentence lights its findings and sites, and a finding its sentences', async () => {
    const sentence = page.locator('.sentence').first();
    await page.mouse.move(5, 5);
    await page.keyboard.press('Escape');
    await sentence.hover();
    await page.locator('.site-lit').first().waitFor({ state: 'attached' });
    await sentence.and(page.locator('.lit')).waitFor();
    await page.locator('.finding-row').first().hover();
    await page.locator('.sentence.lit').first().waitFor();
    await screenshot(page, 'highlight');
  });

  test('the words of the report on file that became labels are marked', async () => {
    const spans = page.locator('.report-panel.on-file mark.label-span');
    expect(await spans.count()).toBeGreaterThan(0);
    const sites = ((await spans.first().getAttribute('data-sites')) ?? '').split(' ');
    await spans.first().hover();
    await expect.poll(() => page.locator('.site-lit').count()).toBeGreaterThan(0);
    expect(sites.length).toBeGreaterThan(0);
    await page.locator('.comparison-line').waitFor();
  });
});

describe('signing', () => {
  test('needs a name, freezes a version, and exports it', async () => {
    const confirmations = page.getByRole('button', { name: 'Confirm: this sentence is mine' });
    while ((await confirmations.count()) > 0) await confirmations.first().click();
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your name').fill('Dr Lin');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('You sign as Dr Lin').waitFor();
    const despite = dialog.getByLabel('I have seen them');
    if (await despite.isVisible()) await despite.check();
    await screenshot(page, 'sign');
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('Version 1, Dr Lin').waitFor();
    await page.locator('.tag.status.signed').waitFor();
    expect(await page.locator('.finding-acts').count()).toBe(0);
    const text = await exported('text');
    expect(text).toContain('Staging of lung cancer');
    const json = JSON.parse(await exported('json')) as { report: { version: number; author: { name: string } } };
    expect(json.report).toMatchObject({ version: 1, author: { name: 'Dr Lin', authenticated: false } });
  });

  test('an amendment gives its reason and makes version 2; version 1 stays as it was', async () => {
    const before = await exported('text', 1);
    await page.getByRole('button', { name: 'Amend', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('CT of the chest came in');
    await dialog.getByRole('button', { name: 'Amend', exact: true }).click();
    await page.locator('.tag.status.amending').waitFor();
    await page.getByRole('button', { name: 'Add a sentence: Impression' }).click();
    await page.getByRole('textbox', { name: 'Sentence' }).fill('Please see the CT of the same day.');
    await page.keyboard.press('Enter');
    const typed = page.locator('.sentence.typed');
    await typed.waitFor();
    await page.getByRole('button', { name: 'Confirm: this sentence is mine' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Confirm: this sentence is mine' }).count()).toBe(0);
    await page.keyboard.press('Control+Enter');
    const despite = dialog.getByLabel('I have seen them');
    if (await despite.isVisible()) await despite.check();
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('Version 2, Dr Lin').waitFor();
    expect(await exported('text', 1)).toBe(before);
    expect(await exported('text')).toContain('Please see the CT of the same day.');
    await page.getByRole('button', { name: /^Versions/ }).click();
    await dialog.getByText('CT of the chest came in').waitFor();
    await screenshot(page, 'versions');
    await page.keyboard.press('Escape');
  });

  async function exported(format: 'text' | 'json', version?: number): Promise<string> {
    const id = page.url().split('/').at(-1);
    const answer = await page.request.get(
      `${new URL(page.url()).origin}/api/studies/${id}/export?format=${format}${version ? `&version=${version}` : ''}`,
    );
    expect(answer.status()).toBe(200);
    return await answer.text();
  }
});

describe('the rest of the room', () => {
  test('a prior stands beside the study', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/studies?priors=1`);
    await rows().first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('Prior', { exact: true }).selectOption({ index: 1 });
    await expect.poll(() => page.locator('.scan-view').count()).toBe(4);
    const [now, before] = await Promise.all(
      [0, 2].map((index) => drawn(page, page.locator('.scan-view .scan-frame').nth(index))),
    );
    // Scaled to equal body counts, both are drawn about equally dark.
    expect(Math.abs(now!.mean - before!.mean)).toBeLessThan(14);
    await screenshot(page, 'prior');
  });

  test('speaks Chinese, with glyphs for every character', async () => {
    for (const [language, title, status] of [
      ['zh-Hant', '存檔報告', '簽署'],
      ['zh-Hans', '存档报告', '签署'],
    ] as const) {
      await page.locator('.top-bar select').selectOption(language);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByRole('button', { name: status, exact: true }).waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe(language);
      expect(await hasGlyphs(page, '骨骼掃描顯示腰椎攝取增加骨显像签署轉移性退行性')).toBe(true);
      await screenshot(page, `study-${language}`);
    }
    await page.getByLabel('草稿语言').selectOption('zh-Hant');
    await expect.poll(draftText).toMatch(/[骨攝椎]/);
    await screenshot(page, 'draft-zh-Hant');
    await page.locator('.top-bar select').selectOption('en');
  });

  test('can be read and signed with the keyboard alone', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/studies`);
    await rows().first().waitFor();
    for (const key of ['j', 'j', 'j', 'Enter']) await page.keyboard.press(key);
    await page.locator('.scan-view').nth(1).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await screenshot(page, 'help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('+');
    await page.keyboard.type('T8');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await findingRow('t8').and(page.locator('.present')).waitFor();
    await page.keyboard.press('d');
    expect(await page.evaluate(`document.activeElement.closest('[data-sentence]') !== null`)).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').getByText('You sign as Dr Lin').waitFor();
    await page.keyboard.press('Escape');
  });

  test('the training page counts the archive and names its models', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    const dataset = page.getByRole('region', { name: 'What there is to learn from' });
    await dataset.waitFor();
    expect(
      await dataset
        .locator('dl > div', { hasText: /^Studies/ })
        .locator('dd')
        .textContent(),
    ).toBe(String(studies));
    expect(await dataset.locator('table.prevalence tbody tr').count()).toBe(91);
    await page.getByRole('region', { name: 'Train', exact: true }).waitFor();
    await screenshot(page, 'training');
  });

  test.skipIf(!existsSync(realScan))('a real scan without a view code asks which view it is', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/archive`);
    await page.getByLabel('Files or folders').fill(realScan);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).and(page.locator(':enabled')).waitFor();
    await page.goto(`${new URL(page.url()).origin}/#/studies?search=8NM1`);
    await expect.poll(() => rows().count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByText(/Which view is this|The view was told/).waitFor();
    const picture = await drawn(page, page.locator('.scan-frame'));
    expect(picture.mean).toBeGreaterThan(190);
    expect(picture.darkest.filter((darkest) => darkest < 210).length / picture.height).toBeGreaterThan(0.5);
    await page.getByRole('button', { name: 'Anterior', exact: true }).click();
    await page.locator('.scan-view[data-view="anterior"] .side-letter.at-left', { hasText: 'R' }).waitFor();
    await screenshot(page, 'real-scan');
  });

  test('nothing went wrong in the page on the way', () => {
    expect(problems).toEqual([]);
  });
});
