import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dicomFile } from '../dicom-file.fixture.ts';
import { readStudies } from '../read-studies.ts';
import { folderSources } from './folder-sources.ts';

test('a folder is read in order of names, without indexes and leftovers; what is missing is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'radiolect-dicom-'));
  try {
    await mkdir(join(folder, 'b/c'), { recursive: true });
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, 'b/c/2.dcm'), dicomFile({ uid: '1.2' }));
    await writeFile(join(folder, 'a'), dicomFile({ uid: '1.1' }));
    for (const name of ['DICOMDIR', '.git/x', 'b/._2.dcm', 'b/Thumbs.db']) await writeFile(join(folder, name), 'x');
    const events = [];
    for await (const event of readStudies(folderSources([folder, join(folder, 'gone')]))) events.push(event);
    expect(
      events.map((event) => ('name' in event ? [event.kind, event.name.slice(folder.length)] : event.kind)),
    ).toEqual([['instance', '/a'], ['instance', '/b/c/2.dcm'], ['refused', '/gone'], 'study']);
    expect(events[2]).toMatchObject({ code: 'unreadable', rule: 'The file cannot be opened (ENOENT)' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
