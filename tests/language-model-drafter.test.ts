import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordedAnswers, RecordedRequest } from '@radiolect/language-models/recorded-server';
import { startRecordedServer } from '@radiolect/language-models/recorded-server';
import type { DraftingAudit } from '@radiolect/reading-room';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// A server with recorded answers on this computer, the real command line, real synthetic studies, the shipped model.

const program = fileURLToPath(new URL('../apps/cli/bin/radiolect.mjs', import.meta.url));
let folder: string;
const radiolect = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [program, '--data', folder, ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radiolect-drafter-'));
  const made = await radiolect('phantom', '--count', '6', '--seed', '31', '--out', join(folder, 'phantoms'));
  expect(made.code, made.stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Words the findings of the prompt one by one, as a model that does its work. */
function honest({ prompt, images }: RecordedRequest): { sentences: object[]; suggestions: object[] } {
  const sentences = [...prompt.matchAll(/^(F\d+|REST): (.*)$/gm)].map(([, name, text = '']) => ({
    section: 'findings',
    text: name === 'REST' ? 'No other abnormal osseous uptake is seen.' : worded(text),
    states: [name],
  }));
  const seen = createHash('sha256').update(images.join()).digest()[0]!;
  return { sentences, suggestions: [{ site: `t${(seen % 12) + 1}`, reason: 'a hot spot' }] };
}

function worded(text: string): string {
  const [site = '', ...attributes] = text.split('; ');
  const of = (name: string): string | undefined =>
    attributes.find((attribute) => attribute.startsWith(`${name} `))?.slice(name.length + 1);
  const kind = [of('intensity'), of('uptake'), 'uptake'].filter(Boolean).join(' ');
  const doubt = attributes.includes('uncertain') ? 'Questionable ' : '';
  return `${doubt}${kind} in the ${site.replace(/\(.*\)/, '')}.`;
}

const audits = new Map<string, { code: number; audit: DraftingAudit }>();
async function auditOf(name: string, answers: RecordedAnswers): Promise<{ code: number; audit: DraftingAudit }> {
  const server = await startRecordedServer(answers);
  try {
    const models = [{ name, kind: 'openai-compatible', baseUrl: server.url, model: name, seesImages: true }];
    await writeFile(join(folder, 'language-models.json'), JSON.stringify({ models }));
    const run = await radiolect(
      'audit-drafter',
      name,
      join(folder, 'phantoms'),
      '--count',
      '6',
      '--swap',
      '6',
      '--json',
    );
    expect(run.stdout, run.stderr).not.toBe('');
    const audit = JSON.parse(run.stdout) as DraftingAudit;
    expect(JSON.parse(await readFile(join(folder, 'drafter-audits', `${name}.json`), 'utf8'))).toEqual(audit);
    audits.set(name, { code: run.code, audit });
    return { code: run.code, audit };
  } finally {
    await server.close();
  }
}
const caught = ({ audit }: { audit: DraftingAudit }): string[] =>
  audit.verdicts.filter((verdict) => verdict.caught).map((verdict) => verdict.code);

describe('a drafting server is caught by name', () => {
  test('one that words each study and looks at the pictures is not', async () => {
    const result = await auditOf('honest', (request) => ({ object: honest(request) }));
    expect(caught(result)).toEqual([]);
    expect(result.code).toBe(0);
    expect(result.audit.verdicts).toHaveLength(4);
    expect(result.audit.abstained).toBe(0);
    expect(result.audit.suggestions.n).toBeGreaterThan(0);
  });
  test('one that returns one report for every study', async () => {
    const sentences = [
      { section: 'findings', text: 'Normal distribution of the tracer in the whole skeleton.', states: ['REST'] },
      { section: 'impression', text: 'Normal bone scan.', states: ['REST'] },
    ];
    const result = await auditOf('parrot', ({ images }) => ({
      object: { sentences, suggestions: honest({ prompt: '', images } as unknown as RecordedRequest).suggestions },
    }));
    expect(caught(result)).toEqual(['same-report-for-every-study']);
    expect(result.code).toBe(1);
    expect(result.audit.sentences.replaced).toBeGreaterThan(0);
  });
  test('one that writes nothing', async () => {
    const result = await auditOf('mute', () => ({ object: { sentences: [], suggestions: [] } }));
    expect(caught(result)).toContain('writes-nothing');
    expect(result.code).toBe(1);
  });
  test('one that ignores the image', async () => {
    const result = await auditOf('blind', ({ prompt }) => ({
      object: {
        ...honest({ prompt, images: [] } as unknown as RecordedRequest),
        suggestions: [{ site: 't5', reason: 'hot' }],
      },
    }));
    expect(caught(result)).toEqual(['ignores-the-image']);
  });
  test('one that flips a side', async () => {
    const flip = (text: string): string =>
      text.replace(/right|left/gi, (side) => (side.toLowerCase() === 'right' ? 'left' : 'right'));
    const result = await auditOf('mirror', (request) => {
      const { sentences, suggestions } = honest(request) as { sentences: { text: string }[]; suggestions: object[] };
      return { object: { sentences: sentences.map((one) => ({ ...one, text: flip(one.text) })), suggestions } };
    });
    expect(caught(result)).toEqual(['flips-sides']);
    expect(result.audit.reasons['side-mismatch']).toBeGreaterThan(0);
  });
});
