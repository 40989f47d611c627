import type { Language } from '@radiolect/findings';

/** A stretch of a sentence that stands, or does not stand, in the text it is compared with. */
export interface ComparedPiece {
  readonly text: string;
  readonly differs: boolean;
}

/**
 * Cuts a text into stretches that stand in `reference` in the same order and stretches that do not (longest common
 * subsequence of words; a run of Chinese is cut by the browser's dictionary). The pieces joined are the text. Case,
 * spaces and punctuation make no difference.
 */
export function differingWords(text: string, reference: string, language: Language): readonly ComparedPiece[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const own = [...segmenter.segment(text)];
  const other = [...segmenter.segment(reference)].filter(({ isWordLike }) => isWordLike).map(folded);
  const words = own.flatMap((segment, index) => (segment.isWordLike ? [{ index, word: folded(segment) }] : []));
  const common = commonWords(
    words.map(({ word }) => word),
    other,
  );
  const same = new Set(words.filter((_, index) => common.has(index)).map(({ index }) => index));
  const pieces: { text: string; differs: boolean }[] = [];
  own.forEach(({ segment, isWordLike }, index) => {
    const last = pieces.at(-1);
    // What stands between two words goes with them where both differ, so that a phrase is marked as one.
    const differs = isWordLike ? !same.has(index) : (last?.differs ?? false) && nextDiffers(own, same, index);
    if (last && last.differs === differs) last.text += segment;
    else pieces.push({ text: segment, differs });
  });
  return pieces;
}

const folded = ({ segment }: { readonly segment: string }): string => segment.toLowerCase();

function nextDiffers(
  segments: readonly { readonly isWordLike?: boolean | undefined }[],
  same: ReadonlySet<number>,
  from: number,
): boolean {
  for (let index = from + 1; index < segments.length; index++) if (segments[index]?.isWordLike) return !same.has(index);
  return false;
}

/** Indices of `own` on one longest common subsequence with `other`. */
function commonWords(own: readonly string[], other: readonly string[]): ReadonlySet<number> {
  const width = other.length + 1;
  const longest = new Uint16Array((own.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = own.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      longest[i * width + j] = own[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const common = new Set<number>();
  for (let i = 0, j = 0; i < own.length && j < other.length; ) {
    if (own[i] === other[j]) {
      common.add(i);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return common;
}
