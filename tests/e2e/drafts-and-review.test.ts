import type { RecordedRequest, RecordedServer } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import type { JobStarted, StudyDetail, Worklist } from '@radiolect/server/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, screenshot } from './browser.ts';
import type { ServedReadingRoom } from './reading-room.ts';
import { serveReadingRoom } from './reading-room.ts';

// Drafts by rules and a language model beside each other, two readings settled, and what the patient gets of it. The
// language model is a server on this computer with recorded answers: it swaps the sides of knees, by name.

let room: ServedReadingRoom;
let models: RecordedServer;
let browser: Browser;
let page: Page;
let study: string;
const problems: string[] = [];

/** The short names of the findings in a drafting prompt, by the first words of their line. */
function findingName(prompt: string, site: string): string {
  return new RegExp(`^(F\\d+): ${site}`, 'm').exec(prompt)?.[1] ?? 'none';
}

function draftAnswer({ prompt, system }: RecordedRequest): object {
  const chinese = system.includes('Traditional Chinese');
  const [spine, knee] = chinese ? ['第4腰椎', '右側膝'] : ['L4', 'right knee'];
  const sentences = [
    [
      'findings',
      chinese ? '第4腰椎可見強烈攝取增加，很可能為轉移。' : 'L4 shows intense increased uptake, probably metastatic.',
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
      chinese ? '第4腰椎很可能為骨轉移。' : 'Probable bone metastasis in L4.',
      [findingName(prompt, spine)],
    ],
  ].map(([section, text, states]) => ({ section, text, states }));
  const reason = chinese ? '後位可見局部熱區' : 'a focal hot spot in the posterior view';
  return { sentences, suggestions: [{ site: 'skull-base', reason }] };
}

beforeAll(async () => {
  models = await startRecordedServer((request) => ({ object: draftAnswer(request), pieceDelayMs: 25 }));
  const kind = { kind: 'openai-compatible', model: 'recorded', seesImages: true };
  room = await serveReadingRoom(1, 4, [
    { ...kind, name: 'ward-model', baseUrl: models.url },
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
  const job = await call<JobStarted>('POST', '/imports', { paths: [room.archive.dicom] });
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
    const banner = page.locator('.leaves-banner');
    expect(await banner.count()).toBe(0);
    await page.getByLabel('far-model').check();
    await banner.getByText('models.example.org').waitFor();
    await screenshot(page, 'drafts-banner');
    await page.getByLabel('far-model').uncheck();
  });

  test('sentences appear as they come, unchecked, and then the checked draft', async () => {
    await page.keyboard.press('w');
    await column('ward-model/0').getByText('not yet checked').waitFor();
    await column('ward-model/0').locator('.compared-sentence.unchecked').first().waitFor();
    await screenshot(page, 'drafts-writing');
    await column('ward-model/0').getByText('2 of 4 sentences kept').waitFor();
    expect(await column('rules/0').isVisible()).toBe(true);
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
});
