import type { DraftReport, DraftSentence, Language } from '@radiolect/findings';

const headings = {
  en: ['INDICATION: ', 'TECHNIQUE: ', 'COMPARISON: ', 'FINDINGS:', 'IMPRESSION:', ' '],
  'zh-Hant': ['臨床資料：', '檢查技術：', '比較：', '所見：', '結論：', ''],
  'zh-Hans': ['临床资料：', '检查方法：', '对比：', '影像所见：', '诊断意见：', ''],
} as const satisfies Record<Language, readonly string[]>;

/** A draft as text, and where each sentence stands in it (UTF-16 offsets). */
export interface LaidOutDraft {
  readonly text: string;
  readonly spans: readonly { readonly sentence: string; readonly start: number; readonly end: number }[];
}

/** The report as text: header lines, the findings as one paragraph, the impression numbered where it has several. */
export const draftText = (draft: DraftReport): string => layOutDraft(draft).text;

/** {@link draftText} with the place of every sentence. */
export function layOutDraft(draft: DraftReport): LaidOutDraft {
  const [indication, technique, comparison, findings, impression, gap] = headings[draft.language];
  let text = '';
  const spans: { sentence: string; start: number; end: number }[] = [];
  const add = (sentence: DraftSentence): void => {
    spans.push({ sentence: sentence.id, start: text.length, end: text.length + sentence.text.length });
    text += sentence.text;
  };
  for (const [heading, line] of [
    [indication, draft.header.indication],
    [technique, draft.header.technique],
    [comparison, draft.header.comparison],
  ])
    if (line) text += `${heading}${line}\n`;
  text += `${text ? '\n' : ''}${findings}\n`;
  draft.sentences
    .filter((sentence) => sentence.section === 'findings')
    .forEach((sentence, index) => {
      if (index > 0) text += gap;
      add(sentence);
    });
  text += `\n\n${impression}\n`;
  const concluding = draft.sentences.filter((sentence) => sentence.section === 'impression');
  concluding.forEach((sentence, index) => {
    if (index > 0) text += '\n';
    if (concluding.length > 1) text += `${index + 1}. `;
    add(sentence);
  });
  return { text: `${text}\n`, spans };
}
