import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of the public annotated sentences, with the place of its concept. */
export interface AnnotatedSentence {
  readonly number: number;
  readonly text: string;
  readonly mention: { readonly start: number; readonly end: number };
  /** Whether the concept was found in the sentence; where a line was cut, the mention is the whole of it. */
  readonly marked: boolean;
  readonly negated: boolean;
  readonly temporality: string;
  readonly experiencer: string;
}

/**
 * The public annotated sentences (columns: number, concept, sentence, negation, temporality, experiencer) of the
 * material's folder, or undefined where they are not there.
 */
export function readAnnotatedSentences(material: string): AnnotatedSentence[] | undefined {
  let content: string;
  try {
    content = readFileSync(join(material, 'data/negex-context-annotations/rsAnnotations-1-120-random.txt'), 'latin1');
  } catch {
    return undefined;
  }
  return content
    .split(/\r?\n/)
    .slice(1)
    .filter(Boolean)
    .map((line) => {
      const [number = '', concept = '', text = '', negation = '', temporality = '', experiencer = ''] =
        line.split('\t');
      const found = placeOf(text, concept.trim());
      return {
        number: Number(number),
        text,
        mention: found ?? { start: 0, end: text.length },
        marked: found !== undefined,
        negated: negation === 'Negated',
        temporality,
        experiencer: experiencer.trim(),
      };
    });
}

/** The concept stands in capitals in its sentence; where it stands so nowhere, in any letters. */
function placeOf(text: string, concept: string): { start: number; end: number } | undefined {
  const pattern = concept.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  const match =
    new RegExp(pattern.toUpperCase().replaceAll('\\S+', '\\s+')).exec(text) ?? new RegExp(pattern, 'i').exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : undefined;
}
