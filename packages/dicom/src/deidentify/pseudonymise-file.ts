import { type DicomElements, data, log } from 'dcmjs';
import { DicomReadError } from '../errors.ts';
import { readInstance } from '../read-studies.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { profileAction } from './profile-action.ts';
import type { PatientPseudonyms } from './pseudonymiser.ts';
import { shiftDate } from './shift-date.ts';

export interface FilePseudonyms extends PatientPseudonyms {
  readonly hash: KeyedHash;
}

/** Writes a file anew with pseudonyms. Throws DicomReadError when it cannot be read. */
export async function pseudonymiseFile(
  name: string,
  bytes: Uint8Array,
  pseudonyms: FilePseudonyms,
): Promise<Uint8Array> {
  const { instance, study } = await readInstance({ name, open: async () => bytes });
  if (instance.kind !== 'dicom') throw unwritable(name, 'A picture has no attributes to take out');
  // dcmjs writes unknown elements to its log, values included.
  log.setLevel('silent');
  let file: ReturnType<typeof data.DicomMessage.readFile>;
  try {
    file = data.DicomMessage.readFile(new Uint8Array(bytes).buffer, { ignoreErrors: true });
  } catch {
    throw unwritable(name, 'The file can be read but not written anew');
  }
  const { patient } = study;
  const days = await pseudonyms.daysBack(patient);
  const dict = await treated(file.dict, pseudonyms.hash, days);
  const accession = study.accessionNumber;
  const birthDate = patient.birthDate && shiftDate(patient.birthDate, days);
  const { header } = instance;
  const view = instance.frames.length === 1 && header.items('00540220').length === 0 && instance.frames[0]?.view;
  file.dict = {
    ...dict,
    '00080050': { vr: 'SH', Value: accession ? [await pseudonyms.accessionNumber(accession)] : [] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: await pseudonyms.patientId(patient) }] },
    '00100020': { vr: 'LO', Value: [await pseudonyms.patientId(patient)] },
    '00100030': { vr: 'DA', Value: birthDate ? [birthDate] : [] },
    '00120062': { vr: 'CS', Value: ['YES'] },
    '00120063': { vr: 'LO', Value: ['Basic profile, keyed pseudonyms', 'Dates moved back by a secret interval'] },
    '00120064': { vr: 'SQ', Value: methodCodes },
    '00280303': { vr: 'CS', Value: ['MODIFIED'] },
    // The description goes, but where it alone told the view the view must stay.
    ...(view ? { '0008103E': { vr: 'LO', Value: [view.toUpperCase()] } } : {}),
  };
  const uid = await pseudonyms.hash.uid(instance.uid);
  file.meta = { ...file.meta, '00020003': { vr: 'UI', Value: [uid] } };
  for (const tag of ['00020016', '00020017', '00020018', '00020026', '00020027', '00020028', '00020100', '00020102'])
    delete file.meta[tag];
  try {
    return new Uint8Array(file.write({ fragmentMultiframe: false }));
  } catch {
    throw unwritable(name, 'The file can be read but not written anew');
  }
}

const unwritable = (name: string, rule: string): DicomReadError =>
  new DicomReadError(name, {
    code: 'broken-header',
    rule,
    fix: 'Export it anew as uncompressed DICOM, or import it without a copy',
  });

async function treated(dict: DicomElements, hash: KeyedHash, days: number): Promise<DicomElements> {
  const out: DicomElements = {};
  for (const [tag, element] of Object.entries(dict)) {
    const kept = await treatedElement(tag, element, hash, days);
    if (kept) out[tag] = kept;
  }
  return out;
}

type DicomElement = DicomElements[string];

async function treatedElement(
  tag: string,
  element: DicomElement,
  hash: KeyedHash,
  days: number,
): Promise<DicomElement | undefined> {
  const { vr, Value = [] } = element;
  switch (profileAction(tag)) {
    case 'remove':
      return undefined;
    case 'empty':
      return { vr, Value: [] };
    case 'dummy':
      return dummy(vr);
    case 'uid': {
      const uids = await Promise.all(Value.map((value) => (typeof value === 'string' ? hash.uid(value) : '')));
      return { vr, Value: uids };
    }
    case 'shift':
      if (vr === 'SQ') break;
      if (vr === 'TM') return element;
      return { vr, Value: Value.map((value) => shiftDate(String(value), days)).filter((value) => value !== undefined) };
    default:
  }
  if (vr !== 'SQ') return element;
  const items = Value.filter((item): item is DicomElements => typeof item === 'object' && item !== null);
  return { vr, Value: await Promise.all(items.map((item) => treated(item, hash, days))) };
}

/** A value that says nothing, valid for its VR. A sequence or bulk data cannot be made up, so it goes. */
function dummy(vr: string): DicomElement | undefined {
  if (['SQ', 'OB', 'OW', 'OF', 'OD', 'OL', 'UN'].includes(vr)) return undefined;
  if (vr === 'PN') return { vr, Value: [{ Alphabetic: 'REMOVED' }] };
  if (vr === 'DA') return { vr, Value: ['19000101'] };
  if (vr === 'DT') return { vr, Value: ['19000101000000'] };
  if (vr === 'TM') return { vr, Value: ['000000'] };
  if (['US', 'SS', 'UL', 'SL', 'FL', 'FD'].includes(vr)) return { vr, Value: [0] };
  if (['DS', 'IS'].includes(vr)) return { vr, Value: ['0'] };
  return { vr, Value: ['REMOVED'] };
}

const methodCode = (code: string, meaning: string): DicomElements => ({
  '00080100': { vr: 'SH', Value: [code] },
  '00080102': { vr: 'SH', Value: ['DCM'] },
  '00080104': { vr: 'LO', Value: [meaning] },
});

const methodCodes = [
  methodCode('113100', 'Basic Application Confidentiality Profile'),
  methodCode('113107', 'Retain Longitudinal Temporal Information Modified Dates Option'),
];
