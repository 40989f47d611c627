import type { Finding, LabelState } from '@radiolect/findings';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../keyboard/use-keys.ts';
import type { Highlight } from '../marks/highlight.tsx';
import { pointing, useHighlight } from '../marks/highlight.tsx';
import type { VocabularyWord } from '../words/words-context.tsx';
import { useWords } from '../words/words-context.tsx';
import type { LabelRow, LabelTable } from './label-rows.ts';
import type { Stretch } from './text-marks.ts';

const stateList = ['present', 'uncertain', 'absent', 'unmentioned'] as const satisfies readonly LabelState[];

/** The label vector: what is mentioned as rows with their words, how much is silent as a count that unfolds. */
export function LabelsPanel({
  table,
  nameOf,
  withUptake,
  onWords,
}: {
  readonly table: LabelTable;
  readonly nameOf: (position: string) => string;
  /** False for a pack of concepts: its findings have a state and nothing else. */
  readonly withUptake: boolean;
  /** Leads to the words in the text. */
  readonly onWords: (stretch: Stretch) => void;
}): ReactNode {
  const { t, word } = useWords();
  const [chosen, setChosen] = useState<ReadonlySet<LabelState>>();
  const body = useRef<HTMLTableSectionElement>(null);
  const { selected } = useHighlight();
  // What matters first; a report that denies everything shows that.
  const usual = table.counts.present + table.counts.uncertain > 0 ? ['present', 'uncertain'] : ['absent'];
  const shown = chosen ?? new Set(usual as LabelState[]);
  const toggle = (state: LabelState): void => {
    const next = new Set(shown);
    if (!next.delete(state)) next.add(state);
    setChosen(next);
  };
  // What is pointed at elsewhere has its row, whatever is filtered.
  const rows = table.rows.filter(
    (row) => shown.has(row.state) || (selected.sites.size === 1 && rowIsLit(row, selected)),
  );

  useEffect(() => {
    if (body.current?.contains(document.activeElement) || selected.sites.size === 0) return;
    body.current?.querySelector('.lit')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const step = (by: 1 | -1) => (): void => {
    const buttons = [...(body.current?.querySelectorAll<HTMLElement>('.row-button') ?? [])];
    const at = document.activeElement instanceof HTMLElement ? buttons.indexOf(document.activeElement) : -1;
    buttons[at < 0 ? (by > 0 ? 0 : buttons.length - 1) : at + by]?.focus();
  };
  useKeys([
    ['j', step(1)],
    ['k', step(-1)],
  ]);

  return (
    <>
      <fieldset className="state-chips" aria-label={t('showStates')}>
        {stateList.map((state) => (
          <button
            key={state}
            type="button"
            className="small"
            aria-pressed={shown.has(state)}
            onClick={() => toggle(state)}
          >
            <span className={`state-dot ${state}`} aria-hidden="true" /> {word('presence', state)}{' '}
            <b>{table.counts[state]}</b>
          </button>
        ))}
      </fieldset>
      <div className="table-scroll">
        <table className="labels" aria-label={t('labelTable')}>
          <thead>
            <tr>
              <th className="site-column">{withUptake ? t('site') : t('concept')}</th>
              <th>{t('state')}</th>
              {withUptake && (
                <>
                  <th>{t('nature')}</th>
                  <th>{t('likelihood')}</th>
                  <th>{t('change')}</th>
                  <th>{t('uptake')}</th>
                </>
              )}
              <th className="words-column">{t('evidenceWords')}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row) => (
              <Row key={row.key} row={row} name={nameOf(row.site)} withUptake={withUptake} onWords={onWords} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="quiet centred">{t('noRows')}</p>}
      </div>
    </>
  );
}

const highlightOfRow = ({ site, finding }: LabelRow): Highlight => ({
  sites: new Set([site]),
  findings: new Set(finding ? [finding.id] : []),
});

const rowIsLit = ({ site, finding }: LabelRow, { sites, findings }: Highlight): boolean =>
  findings.size > 0 ? finding !== undefined && findings.has(finding.id) : sites.has(site);

function Row({
  row,
  name,
  withUptake,
  onWords,
}: {
  readonly row: LabelRow;
  readonly name: string;
  readonly withUptake: boolean;
  readonly onWords: (stretch: Stretch) => void;
}): ReactNode {
  const { t, word } = useWords();
  const highlight = useHighlight();
  const { finding, evidence, state } = row;
  const first = evidence[0];
  const { onMouseEnter, onMouseLeave, onFocus } = pointing(highlight, highlightOfRow(row));
  return (
    <tr
      className={`${state}${rowIsLit(row, highlight.highlight) ? ' lit' : ''}`}
      data-site={row.site}
      data-state={state}
      onMouseEnter={onMouseEnter}
      onMouseLeave={onMouseLeave}
    >
      <th scope="row">
        <button
          type="button"
          className="row-button"
          onFocus={onFocus}
          // Enter, which clicks without a mouse, goes on to the words.
          onClick={(event) => (event.detail === 0 && first ? onWords(first) : onFocus())}
        >
          {name}
        </button>
        {row.further && <span className="tag">{t('furtherFinding')}</span>}
      </th>
      <td className="state-cell">
        <span className={`state-dot ${state}`} aria-hidden="true" /> {word('presence', state)}
      </td>
      {withUptake && <Attributes finding={finding} word={word} />}
      <td className="words-column">
        {evidence.map((span) => (
          <button
            key={`${span.start}-${span.end}`}
            type="button"
            className="quote"
            title={span.text}
            tabIndex={-1}
            onClick={() => onWords(span)}
          >
            {span.text}
          </button>
        ))}
      </td>
    </tr>
  );
}

const arrows = { increased: '↑', decreased: '↓' } as const;

function Attributes({
  finding,
  word,
}: {
  readonly finding: Finding | undefined;
  readonly word: VocabularyWord;
}): ReactNode {
  const { nature, likelihood, change, uptake, intensity } = finding ?? {};
  return (
    <>
      <td>{nature && word('nature', nature)}</td>
      <td>{likelihood && word('likelihood', likelihood)}</td>
      <td>{change && word('change', change)}</td>
      <td className="uptake-cell">
        {uptake && (
          <span role="img" aria-label={word('uptake', uptake)} title={word('uptake', uptake)}>
            {arrows[uptake]}
          </span>
        )}{' '}
        {intensity && word('intensity', intensity)}
      </td>
    </>
  );
}
