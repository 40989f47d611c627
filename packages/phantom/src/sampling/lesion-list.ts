import type { PhantomLesion } from '../phantom-case.ts';

/** Lesions of one case while it is drawn: one cause per site, the first one that is added. */
export class LesionList {
  readonly #bySite = new Map<string, PhantomLesion>();
  #count = 0;

  constructor(lesions: readonly PhantomLesion[] = [], prefix = 'b') {
    this.#prefix = prefix;
    for (const lesion of lesions) this.#bySite.set(lesion.site, lesion);
  }
  readonly #prefix: string;

  /** Adds the lesion under an id of its own; does nothing and says false where the site is taken. */
  add(lesion: Omit<PhantomLesion, 'id'>): boolean {
    if (this.#bySite.has(lesion.site)) return false;
    this.#bySite.set(lesion.site, { ...lesion, id: `${this.#prefix}${++this.#count}-${lesion.site}` });
    return true;
  }

  has(site: string): boolean {
    return this.#bySite.has(site);
  }

  get lesions(): readonly PhantomLesion[] {
    return [...this.#bySite.values()];
  }
}
