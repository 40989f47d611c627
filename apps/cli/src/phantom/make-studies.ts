import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { readPack } from '@radiolect/findings/node';
import type { Mix } from '@radiolect/phantom';
import { makePhantomStudy } from '@radiolect/phantom';

/** What every worker of one folder is told. */
export interface WorkerSettings {
  readonly seed: number;
  readonly mix: Mix;
  readonly pack: string;
  readonly out: string;
}

/** What comes back per study: its lines, and the hash of the file that the worker wrote. */
export interface MadeStudy {
  readonly report: string;
  readonly truth: string;
  readonly sha256: string;
  readonly bytes: number;
}

const port = parentPort;
if (port) {
  const { seed, mix, pack: packName, out } = workerData as WorkerSettings;
  const pack = await readPack(packName);
  port.on('message', (index: number) => {
    const { accessionNumber, patientId, studyDate, dicom, report, truth } = makePhantomStudy({
      seed,
      index,
      mix,
      pack,
    });
    const path = join(out, 'dicom', `${accessionNumber}.dcm`);
    // Renamed when whole, so that a killed run leaves no half file under the final name.
    writeFileSync(`${path}.part`, dicom);
    renameSync(`${path}.part`, path);
    const { language, text } = report;
    port.postMessage({
      report: JSON.stringify({ id: accessionNumber, accessionNumber, patientId, studyDate, language, text }),
      truth: JSON.stringify(truth),
      sha256: createHash('sha256').update(dicom).digest('hex'),
      bytes: dicom.length,
    } satisfies MadeStudy);
  });
}
