import type { Language, Pack } from '@radiolect/findings';

/** The name of a position, be it a site or a concept; of a site without its side ("knee"); else the id itself. */
export function positionNames(pack: Pack | undefined, language: Language): (id: string) => string {
  const names = new Map<string, string>();
  for (const { id, names: all } of pack?.sites ?? []) {
    names.set(id, all[language]);
    const base = /^(.+)-right$/.exec(id)?.[1];
    if (base) names.set(base, all[language].replace(/^(?:right |右側|右侧|右)/, ''));
  }
  for (const { id, names: all } of pack?.concepts ?? []) names.set(id, all[language] ?? all.en);
  return (id) => names.get(id) ?? id;
}
