import type { ClinicalPanel, DraftHeader } from '@radiolect/findings';
import type { DraftTemplate } from './template.ts';
import { fill } from './template.ts';

/** What the draft may cite of the study itself. */
export interface StudyAttributes {
  /** For example "Tc-99m MDP". */
  readonly radiopharmaceutical?: string;
  /** Injected activity in MBq. */
  readonly activityMegabecquerel?: number;
  /** From injection to imaging, in minutes. */
  readonly delayMinutes?: number;
}

/**
 * Indication, technique and comparison, from what is known and nothing else. `prior` is the date of the prior study
 * (YYYYMMDD), or 'none'; without it there is no comparison line.
 */
export function draftHeader(
  panel: ClinicalPanel,
  prior: string | undefined,
  study: StudyAttributes,
  template: DraftTemplate,
): DraftHeader {
  const { header } = template;
  const laboratory = Object.entries(panel.laboratory ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(header.laboratoryJoin);
  const parts = (
    [
      ['question', panel.question],
      ['primaryTumour', panel.primaryTumour],
      ['laboratory', laboratory],
      ['trauma', panel.trauma],
      ['surgery', panel.surgery],
    ] as const
  ).flatMap(([key, value]) => {
    const line = oneLine(value ?? '');
    return line ? [fill(header[key], { value: line })] : [];
  });
  const { technique } = header;
  const { radiopharmaceutical, activityMegabecquerel, delayMinutes } = study;
  return {
    ...(parts.length > 0 ? { indication: parts.map((part) => ended(part, header.end)).join(header.join) } : {}),
    ...(radiopharmaceutical
      ? {
          technique:
            fill(technique.base, { radiopharmaceutical }) +
            (activityMegabecquerel === undefined
              ? ''
              : fill(technique.activity, { activity: String(Math.round(activityMegabecquerel)) })) +
            (delayMinutes === undefined ? '' : fill(technique.delay, { delay: String(Math.round(delayMinutes)) })) +
            header.end,
        }
      : {}),
    ...(prior ? { comparison: prior === 'none' ? header.noPrior : fill(header.prior, { date: dashed(prior) }) } : {}),
  };
}

/** A DICOM date as ISO: 20230512 → 2023-05-12; anything else as it stands. */
const dashed = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/** What a person typed stays on its line and loses its colons, so that "findings:" in it cannot begin a section. */
const oneLine = (value: string): string =>
  value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?:(?= |$)/g, ' –')
    .replace(/：/g, '，');

/** A line that a person has ended with a mark of their own gets no second one. */
const ended = (line: string, end: string): string => (/[.?!。？！]$/.test(line) ? line : line + end);
