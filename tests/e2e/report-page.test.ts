import { readFile } from 'node:fs/promises';
import { readPack } from '@radiolect/findings/node';
import type { LabelLine } from '@radiolect/reports';
import { createRuleReader, labelLine } from '@radiolect/reports';
import type { StudyDetail, Worklist } from '@radiolect/server/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasGlyphs, openBrowser, screenshot } from './browser.ts';
import type { ServedReadingRoom } from './reading-room.ts';
import { serveReadingRoom } from './reading-room.ts';

// The page that reads a pasted report: text, body map and table say the same, and the text goes nowhere.

const english = `FINDINGS: There is a new focus of intense uptake in the T9 vertebral body, consistent with metastasis. A faint focus in the left 8th rib is questionable. Mildly increased uptake in both knees, degenerative. Increased uptake at the ankle. The skull is normal. Kidneys and bladder are seen.
IMPRESSION: Bone metastasis at T9.`;
const chinese = '檢查所見：第4腰椎攝取明顯增加，符合骨轉移。雙側膝關節攝取增加，考慮退化性病變。其餘骨骼未見異常攝取。';

let room: ServedReadingRoom;
let browser: Browser;
let page: Page;
const problems: string[] = [];
const sent: string[] = [];

beforeAll(async () => {
  room = await serveReadingRoom(1, 4);
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
  await page.goto(room.address);
  await page.getByRole('link', { name: 'Report', exact: true }).click();
  await text().waitFor();
});

afterAll(async () => {
  await browser?.close();
  await room?.close();
});

beforeEach(() => {
  problems.length = 0;
  sent.length = 0;
});

const text = () => page.getByRole('textbox', { name: 'Text of the report' });
const row = (site: string) => page.locator(`table.labels tr[data-site="${site}"]`);
const onMap = (site: string) => page.locator(`.body-drawing[data-view="anterior"] path[data-site="${site}"]`);
const marked = (site: string) => page.locator(`.text-marks mark[data-sites~="${site}"]`);

/** An expression about the text field, `field`, in the page. */
const inField = (expression: string) =>
  page.evaluate(`(() => { const field = document.querySelector('textarea'); return ${expression}; })()`);

async function paste(report: string): Promise<void> {
  await text().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(report);
}

describe('a pasted report', () => {
  test('is marked, drawn and listed alike, and no request leaves the page', async () => {
    await paste(english);
    await row('t9').waitFor();
    for (const [site, state] of [
      ['t9', 'present'],
      ['rib-8-left', 'uncertain'],
      ['knee-right', 'present'],
      ['knee-left', 'present'],
    ] as const) {
      expect(await row(site).getAttribute('data-state'), site).toBe(state);
      expect(await onMap(site).getAttribute('class'), site).toContain(state);
      expect(await marked(site).first().getAttribute('class'), site).toContain(state);
    }
    expect(await row('t9').textContent()).toMatch(/metastatic.*new.*intense/);
    expect(await marked('t9').first().textContent()).toContain('T9 vertebral body');
    expect(await marked('knee-left').textContent()).toBe(await marked('knee-right').textContent());
    expect(await onMap('calvarium').getAttribute('class')).toContain('absent');
    expect(await onMap('femur-left').getAttribute('class')).toContain('unmentioned');
    await screenshot(page, 'report-page');
    expect(sent).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('the marks lie under their words', async () => {
    // The field and its copy wrap alike: both are as high, and a mark is where the caret goes by a click on it.
    const [field, copy] = await Promise.all([text().boundingBox(), page.locator('.text-marks').boundingBox()]);
    expect(copy).toEqual(field);
    await page.keyboard.press('Escape');
    const box = await marked('rib-8-left').first().boundingBox();
    await page.mouse.click(box!.x + 40, box!.y + box!.height / 2);
    const caret = await inField('field.selectionStart');
    const at = english.indexOf('A faint focus');
    expect(caret).toBeGreaterThan(at);
    expect(caret).toBeLessThan(at + 'A faint focus in the left 8th rib'.length);
    expect(await row('rib-8-left').getAttribute('class')).toContain('lit');
  });

  test('says what is missing, and what stands outside bone', async () => {
    const warning = page.getByRole('region', { name: 'To look at' }).getByRole('button');
    expect(await warning.textContent()).toMatch(/Right or left is missing: ankle.*Increased uptake at the ankle/);
    await warning.hover();
    expect(await page.locator('.text-marks mark.warned-span.lit').textContent()).toBe('Increased uptake at the ankle');
    expect(await page.getByRole('region', { name: 'Outside bone' }).textContent()).toMatch(/bladder.*kidneys/);
  });

  test('goes on the clipboard as radiolect label writes it', async () => {
    await page.getByRole('button', { name: /^Copy the label line/ }).click();
    const copied = JSON.parse(String(await page.evaluate('navigator.clipboard.readText()'))) as unknown;
    const reader = createRuleReader(await readPack('bone-scan'));
    expect(copied).toEqual(JSON.parse(JSON.stringify(labelLine('report', reader.read(english)))));
    expect(sent).toEqual([]);
  });
});

describe('the parts of the page', () => {
  test('light each other: a row, the caret, a site of the map', async () => {
    await row('knee-left').hover();
    expect(await marked('knee-left').getAttribute('class')).toContain('lit');
    await page.mouse.move(5, 5);
    await text().focus();
    await page.keyboard.press('Control+Home');
    for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => row('t9').getAttribute('class')).toContain('lit');
    expect(await page.locator('.pointed-card').textContent()).toMatch(/T9 vertebra present, intense, metastatic/);
    await page.keyboard.press('Escape');
    await onMap('calvarium').dispatchEvent('click');
    // Absent rows are not shown until one is asked for.
    expect(await row('calvarium').getAttribute('class')).toContain('lit');
    expect(await marked('calvarium').textContent()).toBe('The skull is normal');
  });

  test('are reached by the keyboard', async () => {
    await text().focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const name = await page.evaluate('document.activeElement.closest("tr").dataset.site');
    expect(name).toBe(await page.locator('table.labels tbody tr').nth(1).getAttribute('data-site'));
    await page.keyboard.press('Enter');
    const selected = await inField('field.value.slice(field.selectionStart, field.selectionEnd)');
    expect(await marked(String(name)).allTextContents()).toContain(selected);
    await page.keyboard.press('Escape');
    for (const [key, tab] of [
      ['2', 'Checks'],
      ['4', 'In plain words'],
      ['1', 'Labels'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await page.getByRole('tab', { selected: true }).textContent()).toContain(tab);
    }
    await page.keyboard.press('t');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
  });

  test('narrow by state, and count what is silent', async () => {
    const chip = (name: RegExp) => page.getByRole('group', { name: 'States shown' }).getByRole('button', { name });
    const silent = Number(/\d+/.exec((await chip(/not mentioned/).textContent()) ?? '')?.[0]);
    expect(silent).toBeGreaterThan(50);
    expect(await page.locator('table.labels tr[data-state="unmentioned"]').count()).toBe(0);
    await chip(/not mentioned/).click();
    expect(await page.locator('table.labels tr[data-state="unmentioned"]').count()).toBe(silent);
    await chip(/not mentioned/).click();
  });
});

test('checks and completeness stand on the words of the report', async () => {
  await page.getByRole('tab', { name: /^Checks/ }).click();
  const checks = page.getByRole('region', { name: 'Checks' });
  expect(await checks.textContent()).toContain('Right or left is not stated: ankle.');
  await page.getByText(/^Completeness: \d+ of 25/).click();
  const item = (name: string) => page.locator(`[data-item="item-${name}"]`);
  expect(await item('kidneys-bladder').getAttribute('class')).toBe('met');
  expect(await item('radiopharmaceutical').getAttribute('class')).toBe('');
  expect(await checks.textContent()).not.toContain('left hip');
  await page.getByText('What is known beside the text').click();
  await page.getByLabel('Ordered: part').fill('left hip');
  await checks.getByText('left hip').waitFor();
  expect(sent).toEqual([]);
});

test('a Chinese report in a Chinese page', async () => {
  await page.getByLabel('Language of the interface').selectOption('zh-Hant');
  await page.getByRole('tab', { name: '標註' }).click();
  await page.getByRole('textbox', { name: '報告內文' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(chinese);
  await row('l4').waitFor();
  expect(await row('l4').textContent()).toMatch(/第四腰椎.*有.*轉移性/);
  expect(await marked('l4').first().textContent()).toContain('第4腰椎');
  expect(await onMap('femur-left').getAttribute('class')).toContain('absent');
  expect(await hasGlyphs(page, (await page.locator('main').textContent()) ?? '')).toBe(true);
  await screenshot(page, 'report-page-chinese');
  await page.getByLabel('介面語言').selectOption('en');
  expect(sent).toEqual([]);
});

test('an appendicitis report is laid out on elements, each with its source', async () => {
  await page.getByLabel('Kind of report').selectOption('acute-appendicitis');
  await page.getByLabel('Examples').selectOption({ index: 1 });
  await page.getByRole('tab', { name: 'Structured' }).click();
  const element = (id: string) => page.locator(`tr[data-element="${id}"]`);
  await element('RDE196').waitFor();
  expect(await element('RDE196').getAttribute('data-value')).toBe('12');
  expect(await element('RDE195').textContent()).toContain('nonruptured');
  await element('RDE197').hover();
  expect(await page.locator('.text-marks mark.lit').textContent()).toContain('stranding');
  // The example says an appendicolith in the findings and none in the impression.
  expect(await page.getByRole('region', { name: 'Contradicted' }).textContent()).toContain('both states and denies');
  expect(await page.getByRole('region', { name: 'Without an element' }).textContent()).toContain('2 cm cyst');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a page' }).click();
  const saved = await (await download).path();
  expect(await readFile(saved, 'utf8')).toContain('RDE195.1');
  await screenshot(page, 'report-page-structured');
  await page.getByLabel('Kind of report').selectOption('bone-scan');
});

test('a pack of concepts has no body map, and lists its concepts', async () => {
  await page.getByLabel('Kind of report').selectOption('chest-x-ray');
  await page.getByRole('tab', { name: 'Labels' }).waitFor();
  await paste('The heart is enlarged. No pneumothorax. Possible pneumonia in the right lower lobe.');
  await row('cardiomegaly').waitFor();
  expect(await page.locator('.body-map').count()).toBe(0);
  expect(await row('pneumonia').getAttribute('data-state')).toBe('uncertain');
  expect(await row('cardiomegaly').textContent()).toContain('Cardiomegaly');
  await screenshot(page, 'report-page-concepts');
  await page.getByLabel('Kind of report').selectOption('bone-scan');
});

test('a file in another encoding is opened, a picture is refused', async () => {
  const chooser = page.locator('input[type=file]');
  const buffer = Buffer.from('d7f3b2e0f7c4b9c7c9e3c8a1d4f6b8dfa1a3', 'hex');
  await chooser.setInputFiles({ name: 'scan-17.txt', mimeType: 'text/plain', buffer });
  await row('ilium-left').waitFor();
  expect(await text().inputValue()).toBe('左侧髂骨摄取增高。');
  // Lines that end as on Windows: the label line keeps the offsets of the file.
  const windows = 'Findings: uptake at L4.\r\nThe skull\r\nis normal.';
  await chooser.setInputFiles({ name: 'windows.txt', mimeType: 'text/plain', buffer: Buffer.from(windows) });
  await row('l4').waitFor();
  await page.getByRole('button', { name: /^Copy the label line/ }).click();
  const { id, labels } = JSON.parse(String(await page.evaluate('navigator.clipboard.readText()'))) as LabelLine;
  expect(id).toBe('windows');
  for (const { evidence } of Object.values(labels))
    expect(windows.slice(evidence?.start, evidence?.end)).toBe(evidence?.text);
  await chooser.setInputFiles({
    name: 'scan.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from([137, 80, 78, 71, 0, 0]),
  });
  await page.getByRole('alert').getByText('This file is no text.').waitFor();
  expect(sent).toEqual([]);
});

test('the report on file of a study opens here, with what is known of its patient', async () => {
  const { origin, searchParams } = new URL(room.address);
  const headers = { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' };
  const paths = [room.archive.dicom, room.archive.reports];
  await fetch(`${origin}/api/imports`, { method: 'POST', headers, body: JSON.stringify({ paths }) });
  const studies = async () =>
    ((await (await fetch(`${origin}/api/studies?report=with`, { headers })).json()) as Worklist).rows;
  await expect.poll(async () => (await studies()).length).toBe(1);
  const [study] = await studies();
  await page.goto(`${origin}/#/report/${study?.id}`);
  await page.getByRole('link', { name: `Report on file, ${study?.accessionNumber}` }).waitFor();
  const { reportOnFile } = (await (
    await fetch(`${origin}/api/studies/${study?.id}`, { headers })
  ).json()) as StudyDetail;
  expect(await text().inputValue()).toBe(reportOnFile?.text);
  await page.getByRole('tab', { name: /^Checks/ }).click();
  await page.getByText('What is known beside the text').click();
  expect(await page.getByRole('textbox', { name: 'Age' }).inputValue()).toMatch(/^\d+$/);
  await page.getByRole('tab', { name: 'Labels' }).click();
});

test('what is no report is said to be none; an empty page says what it is for', async () => {
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('No report yet').waitFor();
  await paste('The quick brown fox jumps over the lazy dog.');
  await page.getByText(/Nothing here is understood/).waitFor();
  expect(problems).toEqual([]);
});
