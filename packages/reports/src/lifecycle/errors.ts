/** A report cannot be signed while a sentence that a person typed awaits its confirmation. Holds ids, never text. */
export class UnconfirmedSentenceError extends Error {
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(`confirm or remove the typed sentences before signing: ${sentences.join(', ')}`);
    this.name = 'UnconfirmedSentenceError';
    this.sentences = sentences;
  }
}

/** An amendment without a reason, or a signature without a name. `field` is what is missing. */
export class IncompleteSignatureError extends Error {
  readonly field: 'author' | 'reason';
  constructor(field: 'author' | 'reason') {
    super(field === 'author' ? 'a signature needs the name of its author' : 'an amendment needs its reason');
    this.name = 'IncompleteSignatureError';
    this.field = field;
  }
}
