import type { AnatomicSite, Pack } from '@radiolect/findings';
import { InvalidPackError, languages } from '@radiolect/findings';
import { parseTemplate } from '../drafter/template.ts';
import { baseOf } from '../reader/lexicon.ts';
import type { PackProblems } from './pack-problem.ts';
import { some } from './pack-problem.ts';

/** Checks the draft templates of a pack of sites: their form, the ids they name, and sites without a name. */
export function checkTemplates(pack: Pack, problems: PackProblems): void {
  for (const language of languages) {
    const file = `templates/${language}.json`;
    if (!pack.files.has(file)) {
      problems.warn(file, 'template', `is missing: no draft in ${language} can be written`, 'add it, or do without');
      continue;
    }
    let template: ReturnType<typeof parseTemplate>;
    try {
      template = parseTemplate(pack, language);
    } catch (cause) {
      if (!(cause instanceof InvalidPackError)) throw cause;
      problems.error(file, 'form', cause.message, 'write it as the template of bone-scan is written');
      continue;
    }
    const ids = idsOf(pack.sites);
    const { order, single, paired, series, regions } = template.places;
    const named = [
      ...order,
      ...Object.keys(single),
      ...Object.keys(paired),
      ...series.flatMap((row) => row.sites),
      ...regions.flatMap((region) => region.sites),
      ...template.impression.superscanSites,
      ...template.recommendations.rules.flatMap((rule) => rule.when.sites ?? []),
    ];
    for (const id of new Set(named))
      if (!ids.has(id))
        problems.error(
          file,
          'unknown-position',
          `names the site "${id}", which is not in sites.json`,
          'correct the id, or add the site',
        );
    const numbered = new Set(series.flatMap((row) => row.sites));
    const unnamed = [...new Set(pack.sites.map((site) => baseOf(site.id)))].filter(
      (base) => !(base in single) && !(base in paired) && !numbered.has(base),
    );
    if (unnamed.length > 0)
      problems.error(
        file,
        'template-gap',
        `has no name for ${some(unnamed)}`,
        'name them in places.single or places.paired',
      );
    const unordered = [...new Set(pack.sites.map((site) => baseOf(site.id)))].filter((base) => !order.includes(base));
    if (unordered.length > 0)
      problems.error(
        file,
        'template-gap',
        `places.order leaves out ${some(unordered)}`,
        'add them where they are to be said',
      );
  }
}

const idsOf = (sites: readonly AnatomicSite[]): ReadonlySet<string> =>
  new Set(sites.flatMap((site) => [site.id, baseOf(site.id)]));
