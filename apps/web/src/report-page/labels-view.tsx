import type { Language, PackKind, ReportReading } from '@radiolect/findings';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { languageNames } from '../words/vocabulary-words.ts';
import { useWords } from '../words/words-context.tsx';
import type { LabelTable } from './label-rows.ts';
import { LabelsPanel } from './labels-panel.tsx';
import { joinedItems, MarkedList } from './marked-list.tsx';
import type { Stretch } from './text-marks.ts';
import type { ReadingWords } from './use-reading-words.ts';
import type { TimedReading } from './use-report-reading.ts';

/** The reading: class and language, what to look at, the label vector, and what the report says beside the sites. */
export function LabelsView({
  timed: { reading, milliseconds },
  table,
  kind,
  said,
  onWords,
}: {
  readonly timed: TimedReading;
  readonly table: LabelTable;
  readonly kind: PackKind;
  readonly said: ReadingWords;
  readonly onWords: (stretch: Stretch) => void;
}): ReactNode {
  const { t, word } = useWords();
  const { warnings, regional, extraosseous, deniedCauses = [], impressionClass } = reading;
  const spoken = spokenLanguage(reading);
  const unspoken = reading.language === 'mixed' ? 'languageMixed' : 'languageUnknown';
  return (
    <>
      <p className="result-head" data-language={reading.language}>
        {kind === 'sites' && (
          <span className={`tag impression ${impressionClass}`}>
            {t('impressionIs', { kind: word('impressionClass', impressionClass) })}
          </span>
        )}
        <span className="quiet">
          {spoken ? languageNames[spoken] : t(unspoken)} · {t('readIn', { ms: readable(milliseconds) })}
        </span>
      </p>
      {reading.findings.length === 0 && <p className="nothing-understood">{t('nothingUnderstood')}</p>}
      <MarkedList
        title={t('toLookAt')}
        items={warnings.map((warning, index) => ({
          ids: [`warning-${index}`],
          text: said.warning(warning),
          icon: <TriangleAlert className="warn" aria-label={t('warning')} />,
          evidence: warning.evidence,
        }))}
        quoted
        onWords={onWords}
      />
      <LabelsPanel table={table} nameOf={said.nameOf} withUptake={kind === 'sites'} onWords={onWords} />
      <div className="asides">
        <MarkedList
          title={t('asideRegional')}
          items={joinedItems(
            regional.map((statement, index) => ({
              ids: [`regional-${index}`],
              text: said.regional(statement),
              evidence: [statement.evidence],
            })),
          )}
          onWords={onWords}
        />
        <MarkedList
          title={t('asideExtraosseous')}
          items={joinedItems(
            extraosseous.map(({ what, evidence }, index) => ({
              ids: [`extraosseous-${index}`],
              text: said.extraosseous(what),
              evidence: [evidence],
            })),
          )}
          onWords={onWords}
        />
        <MarkedList
          title={t('asideDenied')}
          items={joinedItems(
            deniedCauses.map(({ nature, evidence }, index) => ({
              ids: [`denied-${index}`],
              text: said.denied(nature),
              evidence: [evidence],
            })),
          )}
          onWords={onWords}
        />
      </div>
    </>
  );
}

/** The one language of a report; undefined for a mixed or unknown one. */
export function spokenLanguage(reading: Pick<ReportReading, 'language'> | undefined): Language | undefined {
  const language = reading?.language;
  return language === 'mixed' || language === 'unknown' ? undefined : language;
}

const readable = (milliseconds: number): string =>
  milliseconds < 10 ? milliseconds.toFixed(1) : `${Math.round(milliseconds)}`;
