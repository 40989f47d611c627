import type { ImpressionClass } from '@radiolect/findings';
import type { SiteRecord } from './site-record.ts';

/** Causes that are neither joint wear, injury, surgery nor a benign lesion, by their words. */
const other =
  /osteomyelitis|infecti|septic|discitis|abscess|loosening|complex regional|crps|dystrophy|rsd|骨髓炎|感染|松动|鬆動|化脓|化膿|结核|結核|疼痛/;

/** The class of a report from its labels: see "With each labelled site" in the guideline. */
export function impressionClassOf(
  records: ReadonlyMap<string, SiteRecord>,
  contradicted: boolean,
  doubtfulSide: boolean,
): ImpressionClass {
  const positive = [...records.values()].filter((r) => r.state !== 'absent');
  if (contradicted) return 'equivocal';
  const present = positive.filter((r) => r.state === 'present');
  if (present.some((r) => r.nature === 'metastatic' && r.likelihood !== 'possible')) return 'metastatic';
  const open = positive.some((r) => r.state === 'uncertain' || r.nature === 'metastatic' || r.nature === 'unspecified');
  if (open) return 'equivocal';
  if (present.some((r) => r.nature === 'metabolic' || r.nature === 'malignant-other' || other.test(r.causeWord ?? '')))
    return 'other';
  return positive.length > 0 || doubtfulSide ? 'benign' : 'normal';
}
