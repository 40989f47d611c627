interface Node<T> {
  next: Map<string, Node<T>> | undefined;
  value: T | undefined;
}

/** A phrase found in a row of words: its value and the index behind its last word. */
export interface PhraseMatch<T> {
  readonly value: T;
  readonly end: number;
}

/** Phrases of words, found by longest match. Hyphens and line ends between words do not count. */
export class PhraseTrie<T> {
  readonly #root: Node<T> = { next: undefined, value: undefined };

  /** Adds a phrase. `merge` decides where it is there already; without it the later value stands. */
  add(words: readonly string[], value: T, merge?: (known: T) => T): void {
    let node = this.#root;
    for (const word of words) {
      if (passedOver(word)) continue;
      node.next ??= new Map();
      let child = node.next.get(word);
      if (!child) {
        child = { next: undefined, value: undefined };
        node.next.set(word, child);
      }
      node = child;
    }
    if (node === this.#root) return;
    node.value = node.value !== undefined && merge ? merge(node.value) : value;
  }

  /** The longest phrase that begins with the word at `start`. */
  longest(words: readonly string[], start: number): PhraseMatch<T> | undefined {
    let node = this.#root;
    let best: PhraseMatch<T> | undefined;
    for (let i = start; i < words.length; i++) {
      const word = words[i]!;
      const child = node.next?.get(word);
      if (child) {
        node = child;
        if (node.value !== undefined) best = { value: node.value, end: i + 1 };
      } else if (i === start || !passedOver(word)) break;
    }
    return best;
  }
}

const passedOver = (word: string): boolean => word === '-' || word === '\n';
