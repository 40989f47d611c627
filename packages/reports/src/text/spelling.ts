/**
 * Corrects misspelt words against a vocabulary: one edit for words of 4 to 7 letters, two for longer ones, first
 * letter kept. Candidates are found by deleting letters from both sides (symmetric deletes), so a look-up does not
 * grow with the vocabulary.
 */
export class Spelling {
  readonly #byDeletion = new Map<string, string[]>();
  readonly #known: ReadonlySet<string>;
  readonly #leftAlone: ReadonlySet<string>;
  readonly #cache = new Map<string, string>();

  /** Words of `leftAlone` are neither corrected nor meant by others. */
  constructor(vocabulary: ReadonlySet<string>, leftAlone: ReadonlySet<string> = new Set()) {
    this.#known = vocabulary;
    this.#leftAlone = leftAlone;
    for (const word of vocabulary) {
      if (word.length < 5 || word.length > 18) continue;
      for (const key of deletions(word, word.length >= 8 ? 2 : 1)) {
        const list = this.#byDeletion.get(key);
        if (list) list.push(word);
        else this.#byDeletion.set(key, [word]);
      }
    }
  }

  /** The word of the vocabulary that was meant, or the word itself. */
  correct(word: string): string {
    if (word.length < 4 || word.length > 19 || this.#known.has(word) || this.#leftAlone.has(word)) return word;
    const cached = this.#cache.get(word);
    if (cached !== undefined) return cached;
    const result = this.#search(word);
    if (this.#cache.size > 20_000) this.#cache.clear();
    this.#cache.set(word, result);
    return result;
  }

  #search(word: string): string {
    const limit = word.length >= 8 ? 2 : 1;
    let best = word;
    let bestDistance = limit + 1;
    for (const key of deletions(word, limit))
      for (const candidate of this.#byDeletion.get(key) ?? []) {
        if (candidate[0] !== word[0]) continue;
        const allowed = candidate.length >= 8 ? limit : 1;
        const distance = editDistance(word, candidate, Math.min(allowed, bestDistance));
        // Of two equally near words the one of the same length is meant: letters are swapped more often than dropped.
        const nearer = distance < bestDistance || (distance === bestDistance && candidate.length === word.length);
        if (nearer && distance <= allowed) {
          best = candidate;
          bestDistance = distance;
        }
      }
    return best;
  }
}

function deletions(word: string, depth: number): Set<string> {
  const found = new Set([word]);
  let edge = [word];
  for (let d = 0; d < depth; d++) {
    const next: string[] = [];
    for (const w of edge)
      for (let i = 0; i < w.length; i++) {
        const shorter = w.slice(0, i) + w.slice(i + 1);
        if (!found.has(shorter)) {
          found.add(shorter);
          next.push(shorter);
        }
      }
    edge = next;
  }
  return found;
}

/** Edits between two words, a swap of neighbours counting once; more than `limit` gives `limit + 1`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length]!, limit + 1);
}
