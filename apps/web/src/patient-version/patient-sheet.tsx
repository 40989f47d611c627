import type { Atlas, Finding, SignedReport } from '@radiolect/findings';
import type { PatientVersion, StudyDetail } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { BodyMap } from '../body-map/body-map.tsx';
import { attributeWords } from '../findings-list/finding-words.ts';
import { pointing, touches, useHighlight } from '../marks/highlight.tsx';
import { siteStates } from '../marks/site-state.ts';
import { shortDate } from '../words/dates.ts';
import { personName } from '../words/person-name.ts';
import { useWords } from '../words/words-context.tsx';

type Sentence = PatientVersion['sentences'][number];
const noMarks = new Map<string, never>();
const noSites = new Set<string>();

/** The sheet itself: whose it is, the sentences beside the body map, and what it is not. */
export function PatientSheet({
  told,
  signed,
  study,
  atlas,
  traces,
}: {
  readonly told: PatientVersion;
  readonly signed: SignedReport;
  readonly study: StudyDetail;
  readonly atlas: Atlas | undefined;
  /** Below every sentence stands what it rests on. */
  readonly traces: boolean;
}): ReactNode {
  const { t, language } = useWords();
  const { highlight, hover } = useHighlight();
  useEffect(() => {
    const wholeMap = (): void => flushSync(() => hover(undefined));
    addEventListener('beforeprint', wholeMap);
    return () => removeEventListener('beforeprint', wholeMap);
  }, [hover]);
  const findings = useMemo(() => new Map(signed.findings.map((finding) => [finding.id, finding])), [signed]);
  const all = useMemo(() => siteStates(signed.findings), [signed]);
  // While a sentence is pointed at, only what it speaks of is coloured.
  const states = useMemo(
    () => (highlight.sites.size === 0 ? all : new Map([...all].filter(([site]) => highlight.sites.has(site)))),
    [all, highlight],
  );
  const paragraphs = useMemo(() => paragraphsOf(told.sentences), [told]);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(told.signedAt));
  const name = study.patientName && personName(study.patientName);
  return (
    <article className="sheet" lang={told.language}>
      <header>
        <h1>{t('patientVersionTitle')}</h1>
        <p>
          {[name, study.studyDate && t('patientScanOf', { date: shortDate(study.studyDate) })]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className="faint">{t('patientVersionOf', { version: told.version, name: signed.author.name, date })}</p>
      </header>
      <div className="sheet-columns">
        <div className="told">
          {paragraphs.map((sentences) => (
            <div key={sentences[0]?.id} className="told-paragraph">
              {sentences.map((sentence) => (
                <ToldSentence key={sentence.id} sentence={sentence} findings={findings} traced={traces} />
              ))}
            </div>
          ))}
        </div>
        {atlas && (
          <figure className="sheet-map">
            <BodyMap atlas={atlas} states={states} marks={noMarks} proposed={noSites} onSites={() => undefined} />
            <figcaption>
              <span className="legend">
                <i className="present" /> {t('patientLegendPresent')}
              </span>
              {[...all.values()].includes('uncertain') && (
                <span className="legend">
                  <i className="uncertain" /> {t('patientLegendUncertain')}
                </span>
              )}
              <span className="legend">
                <i className="absent" /> {t('patientLegendAbsent')}
              </span>
              <p className="faint">{t('patientSides')}</p>
              <p className="faint map-hint">{t('patientMapHint')}</p>
            </figcaption>
          </figure>
        )}
      </div>
      <footer>{t('patientVersionNote')}</footer>
    </article>
  );
}

function ToldSentence({
  sentence: { id, text, states, sites },
  findings,
  traced,
}: {
  readonly sentence: Sentence;
  readonly findings: ReadonlyMap<string, Finding>;
  readonly traced: boolean;
}): ReactNode {
  const { t, language } = useWords();
  const state = useHighlight();
  const [open, setOpen] = useState(false);
  const own = { sentence: id, findings: new Set(states), sites: new Set(sites) };
  const rests = states.flatMap((finding) => findings.get(finding) ?? []);
  const shown = traced || open;
  const lit = touches(state.highlight, own);
  return (
    <>
      {states.length === 0 ? (
        <span>{text}</span>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a button is a box of its own, a sentence flows with its paragraph.
        <span
          role="button"
          tabIndex={0}
          className={`told-sentence${lit ? ' lit' : ''}`}
          aria-expanded={shown}
          {...pointing({ hover: state.hover, select: state.hover }, own)}
          onBlur={() => state.hover(undefined)}
          onClick={() => setOpen(!open)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            setOpen(!open);
          }}
        >
          {text}
        </span>
      )}
      {language === 'en' && ' '}
      {shown && <span className="trace">{states.length === 0 ? t('traceFraming') : <Trace findings={rests} />}</span>}
    </>
  );
}

const mostTraced = 12;

/** The findings that a sentence rests on, as the physician's list has them. */
function Trace({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const { t, word, siteName, language } = useWords();
  const said = findings.map((finding) => {
    const more = attributeWords(finding, word);
    return `${siteName(finding.site)}: ${word('presence', finding.presence)}${more ? `, ${more}` : ''}`;
  });
  const left = said.length - mostTraced;
  return (
    <>
      <b>{t('traceOf')}</b> {said.slice(0, mostTraced).join(language === 'en' ? '; ' : '；')}
      {left > 0 && ` … (+${left})`}
    </>
  );
}

function paragraphsOf(sentences: readonly Sentence[]): readonly (readonly Sentence[])[] {
  const paragraphs: Sentence[][] = [];
  for (const sentence of sentences) {
    const last = paragraphs.at(-1);
    if (last && last[0]?.paragraph === sentence.paragraph) last.push(sentence);
    else paragraphs.push([sentence]);
  }
  return paragraphs;
}
