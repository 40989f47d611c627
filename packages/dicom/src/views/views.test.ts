import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPack } from '@radiolect/findings/node';
import { makePhantomStudy } from '@radiolect/phantom';
import { describe, expect, test } from 'vitest';
import { element, joined, tagBytes, word } from '../dataset/element-writer.ts';
import { dicomFile, sourceOf, type TestFile } from '../dicom-file.fixture.ts';
import { type GreyImage, valueRange } from '../grey-image.ts';
import { fileSource } from '../node/folder-sources.ts';
import { readInstance, readStudies } from '../read-studies.ts';
import type { Frame, Study } from '../study.ts';
import { wholeBodyViews } from '../whole-body-views.ts';
import { classifyPair, classifyView } from './classify-view.ts';
import { viewOfWords } from './view-words.ts';

const item = (...elements: Uint8Array[]): Uint8Array => {
  const content = joined(elements);
  return joined([tagBytes('FFFEE000'), word(content.length, 4), content]);
};
const code = (value: string, scheme: string): Uint8Array =>
  element('00540220', 'SQ', item(element('00080100', 'SH', value), element('00080102', 'SH', scheme)));
const detectors = (...codes: (readonly [string, string])[]): Uint8Array =>
  element('00540022', 'SQ', joined(codes.map(([value, scheme]) => item(code(value, scheme)))));
const vector = (tag: string, ...values: number[]): Uint8Array =>
  element(tag, 'US', joined(values.map((value) => word(value, 2))));
const framesOf = async (file: TestFile): Promise<readonly Frame[]> =>
  (await readInstance(sourceOf('a.dcm', dicomFile(file)))).instance.frames;
const studyOf = async (...files: Uint8Array[]): Promise<Study> => {
  for await (const event of readStudies(files.map((bytes, index) => sourceOf(`${index}.dcm`, bytes))))
    if (event.kind === 'study') return event.study;
  throw new Error('no study');
};

describe('the view of a frame', () => {
  test.each([
    [['399321004', 'SCT'] as const, ['399001007', 'SCT'] as const],
    [['G-5215', 'SRT'] as const, ['G-5216', 'SRT'] as const],
  ])('comes from the code of its detector', async (front, back) => {
    const frames = await framesOf({
      frames: 4,
      early: [element('0008103E', 'LO', 'WHOLE BODY')],
      extra: [vector('00540020', 1, 2, 2, 1), detectors(front, back)].sort(byTag),
    });
    expect(frames.map(({ view }) => view)).toEqual(['anterior', 'posterior', 'posterior', 'anterior']);
    expect(frames[0]!.viewOrigin).toBe('code');
  });
  test('comes from a known private tag, one value for each frame', async () => {
    const frames = await framesOf({
      frames: 2,
      early: [element('00110010', 'LO', 'GEMS_GENIE_1'), element('00111012', 'LO', 'WB_ANT\\WB_POST')],
    });
    expect(frames.map(({ view, viewOrigin }) => [view, viewOrigin])).toEqual([
      ['anterior', 'private-tag'],
      ['posterior', 'private-tag'],
    ]);
  });
  test('comes from the series description of a single frame', async () => {
    const [frame] = await framesOf({ early: [element('0008103E', 'LO', 'Bone WB Posterior')] });
    expect([frame!.view, frame!.viewOrigin]).toEqual(['posterior', 'description']);
  });
  test('is not made up', async () => {
    const [frame] = await framesOf({ early: [element('0008103E', 'LO', 'Whole body bone, patient position supine')] });
    expect(frame!.view).toBeUndefined();
  });
});

test.each([
  ['WB_ANT', 'anterior'],
  ['Ant-1', 'anterior'],
  ['全身骨 前位', 'anterior'],
  ['AP', 'anterior'],
  ['POST 2', 'posterior'],
  ['後位', 'posterior'],
  ['后位像', 'posterior'],
  ['PA', 'posterior'],
  ['LLAT skull', 'other'],
  ['WB ANT/POST', undefined],
  ['Postoperative plant', undefined],
  ['Whole body', undefined],
  ['PAGET', undefined],
])('"%s" names %s', (text, view) => {
  expect(viewOfWords(text)).toBe(view);
});

describe('whole-body views of a study', () => {
  test('two single-frame files', async () => {
    const study = await studyOf(
      dicomFile({ uid: '1.1', early: [element('0008103E', 'LO', 'ANT')] }),
      dicomFile({ uid: '1.2', early: [element('0008103E', 'LO', 'POST')], pixels: new Uint16Array(32).fill(7) }),
    );
    const views = await wholeBodyViews(study);
    expect(views.anterior?.pixels[5]).toBe(5);
    expect(views.posterior?.pixels[5]).toBe(7);
    expect(views.unknown).toEqual([]);
  });
  test('of more energy windows the first', async () => {
    const extra = [
      vector('00540010', 1, 1, 2, 2),
      vector('00540020', 1, 2, 1, 2),
      detectors(['399321004', 'SCT'], ['399001007', 'SCT']),
    ];
    const study = await studyOf(dicomFile({ frames: 4, extra }));
    const views = await wholeBodyViews(study);
    expect(views.anterior?.pixels[0]).toBe(0);
    expect(views.posterior?.pixels[0]).toBe(32);
  });
  test('a view that nothing tells is unknown, a spot view is left out', async () => {
    const study = await studyOf(
      dicomFile({ uid: '1.1' }),
      dicomFile({ uid: '1.2', rows: 6, columns: 6, early: [element('0008103E', 'LO', 'ANT')] }),
    );
    const views = await wholeBodyViews(study);
    expect([views.anterior, views.posterior, views.unknown.length]).toEqual([undefined, undefined, 1]);
  });
  test('MONOCHROME1 is turned over', async () => {
    const [frame] = await framesOf({ photometric: 'MONOCHROME1' });
    expect((await frame!.decode()).pixels[1]).toBe(65_534);
  });
});

function byTag(a: Uint8Array, b: Uint8Array): number {
  const key = (bytes: Uint8Array): number => (bytes[1]! << 24) | (bytes[0]! << 16) | (bytes[3]! << 8) | bytes[2]!;
  return key(a) - key(b);
}

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = join(process.env.RADIOLECT_MATERIAL ?? join(root, '../shared'), 'data/pydicom-data/data_store/data');
const reason = existsSync(folder) ? 'material is there' : 'no pydicom-data at RADIOLECT_MATERIAL';
test.skipIf(!existsSync(folder))(
  `the real bone scan is one frame of counts without a view code (${reason})`,
  async () => {
    expect(readdirSync(folder)).toContain('JPEG-LL.dcm');
    for await (const event of readStudies([fileSource(join(folder, 'JPEG-LL.dcm'))])) {
      if (event.kind !== 'study') continue;
      const { study } = event;
      expect(study.series[0]?.modality).toBe('NM');
      const views = await wholeBodyViews(study);
      const image = views.anterior ?? views.unknown[0]!;
      expect(views.posterior).toBeUndefined();
      expect([image.rows, image.columns, image.pixelSpacing]).toEqual([1024, 256, [2.26, 2.26]]);
      expect(valueRange(image.pixels)).toEqual([0, 278]);
    }
  },
);

describe('the view from the picture alone', () => {
  const noise = (rows: number, columns: number): GreyImage => {
    let state = 1;
    const pixels = Uint16Array.from({ length: rows * columns }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return state % 50;
    });
    return { rows, columns, pixels };
  };
  test('blank and noise are unsure', () => {
    expect(classifyView({ rows: 400, columns: 100, pixels: new Uint8Array(40_000) }).view).toBe('unsure');
    expect(classifyView(noise(1024, 256)).view).toBe('unsure');
    expect(classifyPair(noise(1024, 256), noise(1024, 256)).view).toBe('unsure');
  });
  test('both views of synthetic studies are told, alone and against each other', async () => {
    const pack = await readPack('bone-scan');
    for (const index of [0, 1]) {
      const phantom = makePhantomStudy({ seed: 20_261_122, index, mix: 'low', pack });
      const { anterior, posterior } = phantom.views;
      const coded = await wholeBodyViews(await studyOf(phantom.dicom));
      expect(coded.origins).toEqual({ anterior: 'code', posterior: 'code' });
      expect(coded.anterior?.pixels.every((count, at) => count === anterior.pixels[at])).toBe(true);
      expect(coded.posterior?.pixels.every((count, at) => count === posterior.pixels[at])).toBe(true);
      expect(classifyView(anterior).view).not.toBe('posterior');
      expect(classifyView(posterior).view).not.toBe('anterior');
      expect(classifyPair(anterior, posterior).view).toBe('anterior');
      expect(classifyPair(posterior, anterior).view).toBe('posterior');
    }
  });
});
