import type { CompletenessItem, QualityMeasure, ReportCheck } from '@radiolect/reports';
import { Check, CircleAlert, Info, Minus, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import { CheckContextForm } from './check-context-form.tsx';
import type { KnownBeside } from './known-beside.ts';
import type { MarkedItem } from './marked-list.tsx';
import { MarkedList } from './marked-list.tsx';
import type { Stretch } from './text-marks.ts';

/** What the checks make of a report. */
export interface CheckedReport {
  /** The text that was checked: while one types, an older one than the page shows. */
  readonly text: string;
  readonly checks: readonly ReportCheck[];
  readonly completeness: readonly CompletenessItem[];
  readonly quality: readonly QualityMeasure[];
}

/** What cannot be right in the report, and how complete it is. */
export function ChecksPanel({
  checked: { checks, completeness, quality },
  known,
  onKnown,
  onWords,
}: {
  readonly checked: CheckedReport;
  readonly known: KnownBeside;
  readonly onKnown: (known: KnownBeside) => void;
  readonly onWords: (stretch: Stretch) => void;
}): ReactNode {
  const { t, language } = useWords();
  const icons = {
    error: <OctagonX className="stop" aria-label={t('severityError')} />,
    warning: <CircleAlert className="warn" aria-label={t('warning')} />,
    information: <Info aria-label={t('severityInformation')} />,
  };
  const applying = quality.filter(({ met }) => met !== undefined);
  return (
    <div className="panel-scroll">
      <CheckContextForm known={known} onKnown={onKnown} />
      {checks.length === 0 && <p className="quiet">{t('checksNone')}</p>}
      <MarkedList
        title={t('tabChecks')}
        items={checks.map(({ message, severity, sites, evidence }, index) => ({
          ids: [`check-${index}`],
          text: message[language],
          icon: icons[severity],
          sites,
          evidence,
        }))}
        onWords={onWords}
      />
      <details className="completeness">
        <summary>
          {t('completeness', { n: completeness.filter(({ stated }) => stated).length, total: completeness.length })}
        </summary>
        <StatedItems
          prefix="item"
          items={completeness.map(({ item, name, stated, evidence }) => ({
            key: item,
            name: name[language],
            met: stated,
            evidence,
          }))}
          onWords={onWords}
        />
      </details>
      <details className="completeness">
        <summary>{t('quality', { n: applying.filter(({ met }) => met).length, total: applying.length })}</summary>
        <StatedItems
          prefix="measure"
          items={quality.map(({ measure, name, met, evidence }) => ({
            key: measure,
            name: name[language],
            met,
            evidence,
          }))}
          onWords={onWords}
        />
      </details>
    </div>
  );
}

/** Quotes that fit beside an item. */
const shownQuotes = 3;

function StatedItems({
  prefix,
  items,
  onWords,
}: {
  readonly prefix: string;
  readonly items: readonly {
    readonly key: string;
    readonly name: string;
    readonly met: boolean | undefined;
    readonly evidence: MarkedItem['evidence'];
  }[];
  readonly onWords: (stretch: Stretch) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <ul className="plain stated-items">
      {items.map(({ key, name, met, evidence }) => (
        <li key={key} className={met ? 'met' : ''} data-item={`${prefix}-${key}`}>
          {met ? (
            <Check aria-label={t('stated')} />
          ) : (
            <Minus aria-label={t(met === undefined ? 'notApplicable' : 'notStated')} />
          )}
          <span>{name}</span>
          {evidence.slice(0, shownQuotes).map((span) => (
            <button key={span.start} type="button" className="quote" title={span.text} onClick={() => onWords(span)}>
              {span.text}
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}
