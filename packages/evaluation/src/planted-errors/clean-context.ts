import type { AnatomicSite } from '@radiolect/findings';
import type { CaseContext, PlantableReport } from './planted-case.ts';

const regionOfSpine = new Set(['cervical-spine', 'thoracic-spine', 'lumbar-spine']);

function lies(site: AnatomicSite, region: string, side: string | undefined): boolean {
  const [, name = region, own] = /^(.*?)(?:-(right|left))?$/.exec(region) ?? [];
  const wanted = side ?? own;
  if (wanted !== undefined && site.laterality !== wanted) return false;
  if (name === 'skeleton') return true;
  if (name === 'spine') return regionOfSpine.has(site.regions.bodyRegion9);
  return site.regions.skeleton12 === name || site.regions.bodyRegion9 === name;
}

/**
 * What a department knows beside a clean report: the picture (the labels by hand; where the report is vague, "several
 * ribs" or a knee without its side, every site that may be meant is uncertain), the patient's age and sex and the prior
 * study as far as the text tells them, and a study date after every date of the text.
 */
export function cleanContext(report: PlantableReport, sites: readonly AnatomicSite[]): CaseContext {
  const findings: CaseContext['findings'][number][] = Object.entries(report.labels)
    .filter(([, { state }]) => state !== 'absent')
    .map(([site, { state, nature, likelihood }]) => ({
      site,
      presence: state,
      ...(nature === undefined ? {} : { nature }),
      ...(likelihood === undefined ? {} : { likelihood }),
    }));
  const known = new Set(findings.map(({ site }) => site));
  const maybe = (site: string): void => {
    if (known.has(site)) return;
    known.add(site);
    findings.push({ site, presence: 'uncertain' });
  };
  for (const { region, side } of report.regional)
    for (const site of sites) if (lies(site, region, side)) maybe(site.id);
  for (const warning of report.warnings) {
    const base = /^side-missing: *(\S+)/.exec(warning)?.[1];
    if (base !== undefined) for (const side of ['right', 'left']) maybe(`${base}-${side}`);
  }
  const { text } = report;
  const patient = patientOf(text);
  const prior = priorOf(report);
  return {
    findings,
    studyDate: '20260301',
    ...(patient === undefined ? {} : { patient }),
    ...(prior === undefined ? {} : { prior }),
  };
}

export function patientOf(text: string): CaseContext['patient'] {
  const age =
    /(?<![\d.])(\d{1,3})[ -](?:[Yy]ear|[Yy]r|YEAR)s?[ -](?:old|OLD)|(?<![\d.])(\d{1,3}) ?(?:[Yy]\/[Oo]|yo\b)|(?<![\d.-])(\d{2})[FM](?=[ ,.;:])|(\d{1,3}) ?[歲岁]/.exec(
      text,
    );
  const years = age?.slice(1).find((group) => group !== undefined);
  const male = /\b(?:[Mm]an|gentleman|boy|[Mm]ale)\b|\b\d\dM[ ,.;:]|男/.test(text);
  const female = /\b(?:[Ww]oman|lady|girl|[Ff]emale)\b|\b\d\dF[ ,.;:]|女/.test(text);
  if (years === undefined && male === female) return undefined;
  return {
    ...(years === undefined ? {} : { age: Number(years) }),
    ...(male === female ? {} : { sex: male ? 'male' : 'female' }),
  };
}

export function priorOf({ text, labels }: PlantableReport): CaseContext['prior'] {
  if (/comparison\s*:\s*none|no prior|NO PRIOR|無先前|无既往/i.test(text)) return null;
  const compared = /compar|prior|previous|比較|比较|前次|較前|较前/i.exec(text);
  const changed = Object.values(labels).some(({ change }) => change !== undefined && change !== 'new');
  if (!compared) return changed ? {} : undefined;
  // Only the line that compares: the study's own date may stand on another.
  const end = text.indexOf('\n', compared.index);
  const line = text.slice(text.lastIndexOf('\n', compared.index) + 1, end < 0 ? text.length : end);
  const date = /(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})/.exec(line);
  const year = /(?<!\d)((?:19|20)\d\d)(?!\d)/.exec(line);
  const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');
  if (date) return { date: `${date[1]}${two(date[2])}${two(date[3])}` };
  if (year && !/\bCT|MRI|X-?ray|PET/i.test(line)) return { date: year[1]! };
  return changed ? {} : undefined;
}
