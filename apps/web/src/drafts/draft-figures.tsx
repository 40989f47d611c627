import type { KeptDraft } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';

/** What a model's draft kept of the model's words, and what it took in tokens, time and money. */
export function DraftFigures({ written }: { readonly written: KeptDraft['written'] }): ReactNode {
  const { t, language } = useWords();
  const { proposed, replaced, added, calls, draft } = written;
  if (calls.length === 0)
    return <p className="draft-figures quiet">{t('countSentences', { n: draft.sentences.length })}</p>;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const sum = (of: (call: (typeof calls)[number]) => number): number => calls.reduce((all, call) => all + of(call), 0);
  const tokens = sum(({ inputTokens, outputTokens }) => inputTokens + outputTokens);
  const cost = sum((call) => call.cost ?? 0);
  const seconds = sum((call) => call.seconds);
  return (
    <p className="draft-figures quiet">
      <span>{t('countModelKept', { n: proposed.length - replaced.length, of: proposed.length })}</span>
      {replaced.length > 0 && <span className="warned">{t('countReplaced', { n: replaced.length })}</span>}
      {added > 0 && <span>{t('countAdded', { n: added })}</span>}
      <span title={`${sum((call) => call.inputTokens)} + ${sum((call) => call.outputTokens)}`}>
        {t('tokensUsed', { n: tokens.toLocaleString(language) })}
      </span>
      <span>{t('secondsUsed', { n: number.format(seconds) })}</span>
      {cost > 0 && <span>{new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(cost)}</span>}
    </p>
  );
}
