import type { CdeSet, ElementValue, StructuredReport } from '@radiolect/findings';
import { codedValue, elementOf } from '@radiolect/findings';
import { synopticPage } from '@radiolect/reports';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { useHighlight } from '../marks/highlight.tsx';
import { useWords } from '../words/words-context.tsx';
import { MarkedList } from './marked-list.tsx';
import { SaveButton } from './save-button.tsx';
import type { Stretch } from './text-marks.ts';

/** A summary negative that is pointed at lights the whole map, but no rows. */
const litSites = 2;

/** The synoptic page: one row per element that the report states, its source in the text beside it. */
export function StructuredPanel({
  structured,
  set,
  sets,
  text,
  nameOf,
  onSet,
  onWords,
}: {
  readonly structured: StructuredReport;
  readonly set: CdeSet;
  readonly sets: readonly CdeSet[];
  readonly text: string;
  readonly nameOf: (position: string) => string;
  readonly onSet: (id: string) => void;
  readonly onWords: (stretch: Stretch) => void;
}): ReactNode {
  const { t } = useWords();
  const { highlight, hover, select } = useHighlight();
  const { values, conflicts, unmapped } = structured;
  const spoken = new Set([...values, ...conflicts].map(({ element }) => element));
  const silent = set.elements.filter(({ id }) => !spoken.has(id));
  return (
    <div className="panel-scroll structured">
      <header className="panel-head">
        <select aria-label={t('cdeSet')} value={set.id} onChange={(event) => onSet(event.target.value)}>
          {sets.map(({ id, name }) => (
            <option key={id} value={id}>
              {id} · {name}
            </option>
          ))}
        </select>
        <span className="spring" />
        <SaveButton
          label={t('saveStructured')}
          caption="JSON"
          name={`${set.id}.json`}
          type="application/json"
          content={() => `${JSON.stringify(structured, undefined, 2)}\n`}
        />
        <SaveButton
          label={t('saveSynoptic')}
          caption="HTML"
          name={`${set.id}.html`}
          type="text/html"
          content={() => synopticPage(structured, text, set)}
        />
      </header>
      <MarkedList
        title={t('conflicts')}
        items={conflicts.map(({ element, reason, evidence }, index) => ({
          ids: [`conflict-${index}`],
          text: `${elementOf(set, element)?.name ?? element}: ${reason}`,
          icon: <TriangleAlert className="warn" aria-label={t('warning')} />,
          evidence,
        }))}
        onWords={onWords}
      />
      <table className="labels synoptic" aria-label={set.name}>
        <thead>
          <tr>
            <th>{t('element')}</th>
            <th>{t('value')}</th>
            <th>{t('code')}</th>
            <th className="words-column">{t('source')}</th>
          </tr>
        </thead>
        <tbody>
          {values.map((value, index) => {
            const id = `value-${index}`;
            const site = value.finding?.replace(/#\d+$/, '');
            const own = {
              sites: new Set(site === undefined ? [] : [site]),
              findings: new Set(value.finding === undefined ? [] : [value.finding]),
              spans: new Set([id]),
            };
            const lit = highlight.spans?.size
              ? highlight.spans.has(id)
              : site !== undefined && highlight.sites.size <= litSites && highlight.sites.has(site);
            return (
              <Fragment key={id}>
                {value.finding !== undefined && value.finding !== values[index - 1]?.finding && (
                  <tr className="group">
                    <th colSpan={4}>{nameOf(site ?? value.finding)}</th>
                  </tr>
                )}
                <tr
                  className={lit ? 'lit' : ''}
                  data-element={value.element}
                  data-value={String(value.value)}
                  onMouseEnter={() => hover(own)}
                  onMouseLeave={() => hover(undefined)}
                >
                  <th scope="row">
                    <button
                      type="button"
                      className="row-button"
                      onFocus={() => select(own)}
                      onClick={(event) => (event.detail === 0 ? onWords(value.evidence) : select(own))}
                    >
                      {elementOf(set, value.element)?.name ?? value.element}
                    </button>
                  </th>
                  <td>{valueName(value, set)}</td>
                  <td className="mono">{typeof value.value === 'string' ? value.value : value.element}</td>
                  <td className="words-column">
                    <button
                      type="button"
                      className="quote"
                      title={value.evidence.text}
                      tabIndex={-1}
                      onClick={() => onWords(value.evidence)}
                    >
                      {value.evidence.text}
                    </button>
                  </td>
                </tr>
              </Fragment>
            );
          })}
        </tbody>
      </table>
      <MarkedList
        title={t('unmapped')}
        items={unmapped.map(({ text: words, evidence }, index) => ({
          ids: [`unmapped-${index}`],
          text: words,
          evidence: [evidence],
        }))}
        onWords={onWords}
      />
      {silent.length > 0 && (
        <details className="completeness">
          <summary>{t('elementsSilent', { n: silent.length })}</summary>
          <ul className="plain stated-items">
            {silent.map(({ id, name }) => (
              <li key={id}>
                <span>{name}</span> <span className="mono quiet">{id}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function valueName({ element: id, value, unit }: ElementValue, set: CdeSet): string {
  const element = elementOf(set, id);
  const coded = element && typeof value === 'string' ? codedValue(element, value) : undefined;
  return [coded?.name ?? String(value), unit].filter(Boolean).join(' ');
}
