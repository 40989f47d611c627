import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedRequest, RecordedServer } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import type { JobStarted, ReviewQueue, StudyDetail, Worklist } from '@radiolect/server/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, screenshot, screenshotFolder } from './browser.ts';
import type { ServedReadingRoom } from './reading-room.ts';
import { serveReadingRoom } from './reading-room.ts';

// Drafts by rules and a language model beside each other, two readings settled, and what the patient gets of it. The
// language model is a server on this computer with recorded answers: it swaps the sides of knees, by name.

let room: ServedReadingRoom;
let models: RecordedServer;
let browser: Browser;
let page: Page;
/** Between the pieces of a draft's stream. */
let pieceDelayMs = 20;
let study: string;
let folder: string;
const problems: string[] = [];

/** The short names of the findings in a drafting prompt, by the first words of their line. */
function findingName(prompt: string, site: string): string {
  return new RegExp(`^(F\\d+): ${site}`, 'm').exec(prompt)?.[1] ?? 'none';
}

function draftAnswer({ prompt, system }: RecordedRequest): object {
  const chinese = system.includes('Traditional Chinese');
  const [spine, knee] = chinese ? ['第四腰椎', '右側膝'] : ['L4', 'right knee'];
  const sentences = [
    [
      'findings',
      chinese ? '第四腰椎可見強烈攝取增加，很可能為轉移。' : 'L4 shows intense increased uptake, probably metastatic.',
      [findingName(prompt, spine)],
    ],
    [
      'findings',
      chinese ? '左側膝關節有輕度攝取增加，屬退化性變化。' : 'Mild degenerative uptake is seen in the left knee.',
      [findingName(prompt, knee)],
    ],
    ['findings', chinese ? '影像品質良好。' : 'The image quality is good.', []],
    [
      'impression',
      chinese ? '第四腰椎很可能為骨轉移。' : 'Probable bone metastasis in L4.',
      [findingName(prompt, spine)],
    ],
  ].map(([section, text, states]) => ({ section, text, states }));
  const reason = chinese ? '後位可見局部熱區' : 'a focal hot spot in the posterior view';
  return { sentences, suggestions: ['skull-base', 't8'].map((site) => ({ site, reason })) };
}

const reports = [
  {
    id: 'R-101',
    text: `Whole-body bone scan.
Findings: There is increased uptake at L4, T5 and T6. Mild degenerative uptake in the right knee. The ribs are unremarkable.
Impression: Suspicious for bone metastases in the spine.`,
  },
  { id: 'R-102', text: '全身骨骼掃描。左側第5肋骨可見局部攝取增加，考慮外傷。' },
];

/** Reads L4 and, wrongly, L5; overlooks T5 and T6; calls the knee traumatic; understands no Chinese. */
function readingAnswer({ prompt }: RecordedRequest): object {
  const none = { side: 'none', nature: 'none', likelihood: 'none', change: 'none', uptake: 'none', intensity: 'none' };
  const spine = {
    ...none,
    quote: 'increased uptake at L4',
    places: ['l4', 'l5'],
    state: 'present',
    uptake: 'increased',
  };
  const knee = { ...none, quote: 'uptake in the right knee', places: ['knee'], side: 'right', state: 'present' };
  const findings = prompt.includes('right knee')
    ? [spine, { ...knee, nature: 'traumatic', likelihood: 'definite', uptake: 'increased', intensity: 'mild' }]
    : [];
  return { findings, absent: [], open: [], outside: [], impression: 'metastatic' };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'radiolect-e2e-reports-'));
  const reportsFile = join(folder, 'reports.jsonl');
  writeFileSync(reportsFile, reports.map((report) => `${JSON.stringify(report)}\n`).join(''));
  models = await startRecordedServer((request) =>
    request.prompt.includes('A draft by templates')
      ? { object: draftAnswer(request), pieceDelayMs }
      : { object: readingAnswer(request) },
  );
  const kind = { kind: 'openai-compatible', model: 'recorded', seesImages: true };
  room = await serveReadingRoom(1, 4, [
    { ...kind, name: 'ward-model', baseUrl: models.url },
    { ...kind, name: 'gone-model', baseUrl: 'http://127.0.0.1:9/v1', retries: 0 },
    { ...kind, name: 'far-model', baseUrl: 'https://models.example.org/v1', mayReceivePatientText: true },
  ]);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(room.address);
  const job = await call<JobStarted>('POST', '/imports', { paths: [room.archive.dicom, reportsFile] });
  await ended(job);
  study = (await call<Worklist>('GET', '/studies')).rows[0]?.id ?? '';
  await call('PUT', '/session/reader', { name: 'Dr Example' });
  for (const finding of [
    { site: 'l4', intensity: 'intense', uptake: 'increased', nature: 'metastatic', likelihood: 'probable' },
    { site: 'knee-right', intensity: 'mild', uptake: 'increased', nature: 'degenerative', likelihood: 'definite' },
  ])
    await call<StudyDetail>('POST', `/studies/${study}/findings`, finding);
});

afterAll(async () => {
  await browser?.close();
  await room?.close();
  await models?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { origin, searchParams } = new URL(room.address);
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${searchParams.get('token')}`, origin, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Reads a job's events until it has ended. */
async function ended({ eventsUrl }: JobStarted): Promise<void> {
  const { origin, searchParams } = new URL(room.address);
  const response = await fetch(origin + eventsUrl, {
    headers: { authorization: `Bearer ${searchParams.get('token')}` },
  });
  const last = (await response.text()).split('\n').findLast((line) => line.startsWith('data:'));
  if (!last?.includes('"done"')) throw new Error(`the job ended with ${last}`);
}

const interfaceLanguage = (name: string) =>
  page.getByLabel(/^(Language of the interface|介面語言)$/).selectOption(name);
const column = (key: string) => page.locator(`[data-column="${key}"]`);

describe('drafts side by side', () => {
  test('are off until the switch in the draft panel is turned', async () => {
    await page.goto(`${new URL(room.address).origin}/#/studies/${study}`);
    const draft = page.locator('.report-panel.draft');
    const drafting = draft.getByRole('switch', { name: 'Language-model drafts' });
    await drafting.waitFor();
    expect(await drafting.isChecked()).toBe(false);
    expect(await draft.getByRole('button', { name: 'Side by side' }).count()).toBe(0);
    await drafting.click();
    await draft.getByRole('button', { name: 'Side by side' }).waitFor();
    await screenshot(page, 'drafts-switch');
    await page.keyboard.press('c');
    await page.getByRole('region', { name: 'Drafts side by side' }).waitFor();
  });

  test('a model outside this computer is announced before it is asked', async () => {
    const banner = page.locator('.writers-form .leaves-banner');
    expect(await banner.count()).toBe(0);
    await page.getByRole('checkbox', { name: 'far-model' }).check();
    await banner.getByText('models.example.org').waitFor();
    await screenshot(page, 'drafts-banner');
    await page.getByRole('checkbox', { name: 'far-model' }).uncheck();
  });

  test('sentences appear as they come, unchecked, and then the checked draft', async () => {
    await page.keyboard.press('w');
    await column('ward-model/0').getByText('not yet checked').waitFor();
    await column('ward-model/0').locator('.compared-sentence.unchecked').first().waitFor();
    await screenshot(page, 'drafts-writing');
    await column('ward-model/0').getByText('2 of 4 sentences kept').waitFor();
    expect(await column('rules/0').isVisible()).toBe(true);
    await column('gone-model/0').getByRole('alert').waitFor();
    await page.getByRole('checkbox', { name: 'gone-model' }).uncheck();
  });

  test('say which sentence the rules wrote instead, what the model had written, and why', async () => {
    const ward = column('ward-model/0');
    const instead = ward.locator('.compared-sentence.instead', { hasText: 'right knee' }).first();
    await instead.getByRole('button', { name: /rules instead/ }).click();
    await instead.getByText('Mild degenerative uptake is seen in the left knee.').waitFor();
    await instead.getByText('names the other side').waitFor();
    await ward.getByText('Left out').click();
    await ward.getByText('cites no finding').waitFor();
    await instead.locator('p').first().hover();
    expect(await page.locator('.finding-row.lit').getAttribute('data-site')).toBe('knee-right');
    await screenshot(page, 'drafts-side-by-side');
  });

  test('a suggestion is added only by the reader, and makes the drafts stale', async () => {
    const ward = column('ward-model/0');
    await ward.getByText('run radiolect audit-drafter ward-model').waitFor();
    await ward.getByRole('button', { name: 'Add as a finding: skull base' }).click();
    await page.locator('.finding-row[data-site="skull-base"]').waitFor();
    await ward.getByText('the findings have changed since').waitFor();
    expect(await ward.getByRole('button', { name: 'Take this draft' }).isDisabled()).toBe(true);
    await page.keyboard.press('w');
    await ward.getByRole('button', { name: 'Take this draft' }).and(page.locator(':enabled')).waitFor();
  });

  test('writing several wordings can be stopped', async () => {
    await page.getByRole('button', { name: 'Write again' }).waitFor();
    pieceDelayMs = 200;
    await page.getByRole('combobox', { name: 'Wordings per model' }).selectOption('3');
    await page.getByRole('combobox', { name: 'Wordings per model' }).blur();
    await page.keyboard.press('w');
    await column('ward-model/2').locator('.compared-sentence.unchecked').first().waitFor();
    await screenshot(page, 'drafts-wordings');
    await page.getByRole('button', { name: 'Stop writing' }).click();
    pieceDelayMs = 20;
    await page.getByRole('button', { name: 'Write again' }).waitFor();
    expect(await page.locator('.compared-sentence.unchecked').count()).toBe(0);
    await page.getByRole('combobox', { name: 'Wordings per model' }).selectOption('1');
    await page.getByRole('combobox', { name: 'Wordings per model' }).blur();
  });

  test('in Chinese too, with what an audit found', async () => {
    const share = { value: 0.7, low: 0.4, high: 0.89 };
    const verdict = { code: 'flips-sides', caught: true, figure: 'sentences', share, n: 40 };
    mkdirSync(join(room.dataFolder, 'drafter-audits'));
    writeFileSync(
      join(room.dataFolder, 'drafter-audits', 'ward-model.json'),
      JSON.stringify({
        studies: 20,
        sentences: { proposed: 80, replaced: 12 },
        verdicts: [verdict],
        suggestions: { right: 7, n: 10, share },
      }),
    );
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Drafts side by side' }).waitFor({ state: 'detached' });
    await page.getByLabel('Language of the draft').selectOption('zh-Hant');
    await interfaceLanguage('zh-Hant');
    await page.locator('.report-panel.draft').locator('h3', { hasText: '結論' }).waitFor();
    await page.keyboard.press('c');
    await page.keyboard.press('w');
    const ward = column('ward-model/0');
    await ward.getByText('第四腰椎可見強烈攝取增加').waitFor();
    await ward.getByRole('button', { name: '採用此草稿' }).and(page.locator(':enabled')).waitFor();
    await ward.getByText('稽核發現: 左右顛倒').waitFor();
    await ward.getByText('此類建議 10 個有 7 個正確（70 %, 95 % CI 40–89 %）').waitFor();
    await ward
      .getByRole('button', { name: /改用規則/ })
      .first()
      .click();
    await screenshot(page, 'drafts-zh-hant');
  });

  test('one is chosen and taken by keyboard', async () => {
    await page.keyboard.press('2');
    expect(await column('ward-model/0').getAttribute('aria-current')).toBe('true');
    await page.keyboard.press('t');
    await page.getByRole('region', { name: '並列草稿' }).waitFor({ state: 'detached' });
    const draft = page.locator('.report-panel.draft');
    await draft.getByText('第四腰椎可見強烈攝取增加').waitFor();
    expect(await draft.textContent()).not.toContain('左側膝關節有輕度');
    await interfaceLanguage('en');
  });
});

describe('the review queue', () => {
  const rows = () => page.locator('.review-row');

  test('is filled by reading every report twice, and counted in the top bar', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await screenshot(page, 'keyboard-help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await page.getByText('no two readings of a report differ').waitFor();
    await page.getByRole('button', { name: 'Read all reports twice' }).click();
    await rows().first().waitFor();
    const waiting = await call<ReviewQueue>('GET', '/review-queue');
    expect(waiting.total).toBeGreaterThan(25);
    await expect.poll(() => page.locator('.waiting-count').textContent()).toBe(`${waiting.counts.open}`);
    // The 24 ribs of one sentence are one question.
    expect(await rows().count()).toBeLessThan(10);
  });

  test('shows both readings and the words they rest on', async () => {
    await rows().filter({ hasText: 'right knee' }).click();
    const table = page.locator('.two-readings');
    await table.locator('h2', { hasText: 'right knee' }).waitFor();
    await table.locator('tr.differs', { hasText: 'traumatic' }).waitFor();
    await page.locator('.reading-span.rules.model').first().waitFor();
    await screenshot(page, 'review');
  });

  test('is settled by keyboard, and the last decision is undone', async () => {
    const before = await rows().count();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => rows().count()).toBe(before - 1);
    expect(await page.locator('.two-readings h2').textContent()).not.toContain('knee');
    await page.keyboard.press('u');
    await expect.poll(() => rows().count()).toBe(before);
    await page.locator('.two-readings h2', { hasText: 'right knee' }).waitFor();
    await page.keyboard.press('o');
    const editor = page.getByRole('form', { name: 'Edit' });
    await editor.getByLabel('Cause').selectOption('inflammatory');
    await screenshot(page, 'review-own-label');
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => rows().count()).toBe(before - 1);
    await page.getByRole('button', { name: /^settled/ }).click();
    await page.locator('.settled', { hasText: 'Own label' }).waitFor();
    await page.getByRole('button', { name: /^open/ }).click();
  });

  test('narrows by kind and site, and ends', async () => {
    await page.getByLabel('What differs').selectOption('attributes');
    await expect.poll(() => rows().allTextContents()).toEqual([expect.stringContaining('L4') as string]);
    await page.getByLabel('What differs').selectOption('');
    await page.getByLabel('Site', { exact: true }).selectOption('l5');
    await expect.poll(() => rows().allTextContents()).toEqual([expect.stringContaining('L5') as string]);
    await page.getByLabel('Site', { exact: true }).selectOption('');
    await expect.poll(() => rows().count()).toBeGreaterThan(3);
    await interfaceLanguage('zh-Hant');
    await rows().filter({ hasText: '肋骨及另 23 處' }).click();
    await page.locator('.two-readings h2', { hasText: '24 個部位判讀相同' }).waitFor();
    await screenshot(page, 'review-zh-hant');
    await interfaceLanguage('en');
    for (let left = await rows().count(); left > 0; left--) {
      await page.getByRole('button', { name: 'Take the reading of the model' }).and(page.locator(':enabled')).waitFor();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => rows().count()).toBe(left - 1);
    }
    await page.getByText('All settled.').waitFor();
    expect(await page.locator('.waiting-count').count()).toBe(0);
    await screenshot(page, 'review-done');
  });
});

describe('the patient’s version', () => {
  test('opens from a signed report in a chosen language', async () => {
    const { revision } = await call<StudyDetail>('GET', `/studies/${study}`);
    await call('POST', `/studies/${study}/sign`, { revision, despiteChecks: true });
    await page.goto(`${new URL(room.address).origin}/#/studies/${study}`);
    await page.getByRole('link', { name: 'For the patient' }).waitFor();
    await screenshot(page, 'study-signed');
    await page.getByRole('link', { name: 'For the patient' }).click();
    const sheet = page.locator('.sheet');
    await sheet.getByText('Your doctor can tell you').waitFor();
    await sheet.getByText('your physician explains it to you').waitFor();
    const coloured = () => sheet.locator('.site.present').count();
    const all = await coloured();
    await sheet
      .getByRole('button', { name: /right knee/ })
      .first()
      .hover();
    expect(await coloured()).toBeLessThan(all);
    await sheet
      .getByRole('button', { name: /right knee/ })
      .first()
      .click();
    await sheet.getByText(/right knee joint and patella: present, mild/).waitFor();
    await screenshot(page, 'patient-version');
    await page.getByLabel('Language of this page').selectOption('zh-Hant');
    await sheet.getByText('您的檢查說明').waitFor();
    await page.mouse.move(5, 400);
    await screenshot(page, 'patient-version-zh-hant');
  });

  test('prints without the frame of the page', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.top-bar').isVisible()).toBe(false);
    expect(await page.locator('.page-acts').isVisible()).toBe(false);
    expect(await page.locator('.sheet .body-drawing').first().isVisible()).toBe(true);
    await screenshot(page, 'patient-version-print');
    const paper = await page.pdf({ format: 'A4', path: join(screenshotFolder, 'patient-version.pdf') });
    expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'screen' });
    expect(problems).toEqual([]);
  });
});
