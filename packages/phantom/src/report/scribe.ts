import type { SiteLabel } from '@radiolect/findings';
import { allSites } from '../sampling/site-groups.ts';

export interface WrittenReport {
  readonly text: string;
  /** What the text states of each site under the labelling guideline, negatives expanded. */
  readonly labels: Readonly<Record<string, SiteLabel>>;
}

/** Attributes that a phrase states. */
export type Stated = Omit<SiteLabel, 'evidence'>;

const strength = { present: 3, uncertain: 2, absent: 1 } as const;

/** Writes a report down, and beside it what each phrase states: the two cannot drift apart. */
export class Scribe {
  #text = '';
  readonly #labels = new Map<string, SiteLabel>();
  readonly #exempt = new Set<string>();
  #closing: { start: number; end: number } | undefined;

  /** Appends words that state nothing of a bone. */
  say(words: string): void {
    this.#text += words;
  }

  /** Appends a sentence that states the same of some sites; `span` is the part of it that names them. */
  state(sentence: string, sites: readonly string[], stated: Stated, span = sentence): void {
    const at = Math.max(0, sentence.indexOf(span));
    const start = this.#text.length + at;
    this.#text += sentence;
    const end = start + span.length;
    for (const site of sites) {
      const known = this.#labels.get(site);
      if (known && strength[known.state] >= strength[stated.state]) continue;
      this.#labels.set(site, { ...stated, evidence: { start, end, text: span } });
    }
  }

  /** Appends words of the impression that give a cause to sites already stated as present. */
  conclude(words: string, sites: readonly string[], cause: Pick<SiteLabel, 'nature' | 'likelihood'>): void {
    this.#text += words;
    for (const site of sites) {
      const known = this.#labels.get(site);
      if (known?.state === 'present') this.#labels.set(site, { ...known, ...cause });
    }
  }

  /**
   * Appends words of the impression that put a finding on the other side than the findings do: neither side is certain
   * any more. Nothing is changed where the other side has a label of its own.
   */
  contradict(
    words: string,
    site: string,
    other: string,
    said: Pick<SiteLabel, 'nature' | 'likelihood' | 'uptake'>,
  ): void {
    const start = this.#text.length;
    this.#text += words;
    const known = this.#labels.get(site);
    if (!known) return;
    const { nature: _nature, likelihood: _likelihood, ...kept } = known;
    this.#labels.set(site, { ...kept, state: 'uncertain' });
    this.#labels.set(other, { state: 'uncertain', ...said, evidence: { start, end: this.#text.length, text: words } });
  }

  /** Appends a negative for all that is not labelled otherwise. */
  close(sentence: string): void {
    this.#closing = { start: this.#text.length, end: this.#text.length + sentence.length };
    this.#text += sentence;
  }

  /** Sites that a global negative does not reach: a vague region, a missing side, a part that was not imaged. */
  exempt(sites: readonly string[]): void {
    for (const site of sites) this.#exempt.add(site);
  }

  finish(): WrittenReport {
    const closing = this.#closing;
    if (closing)
      for (const site of allSites)
        if (!this.#labels.has(site) && !this.#exempt.has(site))
          this.#labels.set(site, {
            state: 'absent',
            evidence: { ...closing, text: this.#text.slice(closing.start, closing.end) },
          });
    return {
      text: this.#text,
      labels: Object.fromEntries(
        allSites.flatMap((site) => (this.#labels.has(site) ? [[site, this.#labels.get(site)!]] : [])),
      ),
    };
  }
}
