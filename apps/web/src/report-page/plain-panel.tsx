import type { Finding, Language, Pack } from '@radiolect/findings';
import type { PlainSentence } from '@radiolect/reports';
import { explain } from '@radiolect/reports';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import { languageNames } from '../words/vocabulary-words.ts';
import { useWords } from '../words/words-context.tsx';

/** The reading in a patient's words; each sentence lights the findings that it states. */
export function PlainPanel({
  findings,
  pack,
  available,
}: {
  readonly findings: readonly Finding[];
  readonly pack: Pack;
  readonly available: readonly Language[];
}): ReactNode {
  const { t, language } = useWords();
  const [chosen, setChosen] = useState<Language>();
  const spoken = chosen ?? (available.includes(language) ? language : available[0]);
  const paragraphs = useMemo(
    () => (spoken ? paragraphsOf(explain({ findings, language: spoken, pack })) : []),
    [findings, spoken, pack],
  );
  const { hover, select } = useHighlight();
  if (!spoken) return <p className="quiet">{t('plainNone')}</p>;
  const gap = spoken === 'en' ? ' ' : '';
  const point = ({ sites, states }: PlainSentence) => ({ sites: new Set(sites), findings: new Set(states) });
  return (
    <div className="panel-scroll plain-words">
      <header className="panel-head">
        <p className="quiet">{t('plainFromReading')}</p>
        <select
          aria-label={t('tabPlain')}
          value={spoken}
          onChange={(event) => setChosen(event.target.value as Language)}
        >
          {available.map((code) => (
            <option key={code} value={code}>
              {languageNames[code]}
            </option>
          ))}
        </select>
      </header>
      <div lang={spoken} className="report-body">
        {paragraphs.map((sentences) => (
          <p key={sentences[0]?.id}>
            {sentences.map((sentence) =>
              sentence.sites.length === 0 ? (
                <span key={sentence.id}>{`${sentence.text}${gap}`}</span>
              ) : (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the same highlight is reached from the label table.
                // biome-ignore lint/a11y/noStaticElementInteractions: it only points.
                <span
                  key={sentence.id}
                  className="plain-sentence"
                  onMouseEnter={() => hover(point(sentence))}
                  onMouseLeave={() => hover(undefined)}
                  onClick={() => select(point(sentence))}
                >
                  {`${sentence.text}${gap}`}
                </span>
              ),
            )}
          </p>
        ))}
      </div>
    </div>
  );
}

function paragraphsOf(sentences: readonly PlainSentence[]): readonly (readonly PlainSentence[])[] {
  const paragraphs: PlainSentence[][] = [];
  for (const sentence of sentences) {
    const last = paragraphs.at(-1);
    if (last && last[0]?.paragraph === sentence.paragraph) last.push(sentence);
    else paragraphs.push([sentence]);
  }
  return paragraphs;
}
