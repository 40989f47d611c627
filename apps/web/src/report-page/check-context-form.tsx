import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import type { KnownBeside } from './known-beside.ts';

/** Age, order and prior, where they are known: some checks need them. */
export function CheckContextForm({
  known,
  onKnown,
}: {
  readonly known: KnownBeside;
  readonly onKnown: (known: KnownBeside) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <details className="known-beside">
      <summary>{t('checkContext')}</summary>
      <div className="known-fields">
        <label className="field">
          <span>{t('age')}</span>
          <input
            inputMode="numeric"
            value={known.age}
            onChange={(event) => onKnown({ ...known, age: event.target.value })}
          />
        </label>
        <label className="field">
          <span>{t('sex')}</span>
          <select
            value={known.sex}
            onChange={(event) => onKnown({ ...known, sex: event.target.value as KnownBeside['sex'] })}
          >
            <option value="">–</option>
            <option value="male">{t('sexMale')}</option>
            <option value="female">{t('sexFemale')}</option>
          </select>
        </label>
        <label className="field">
          <span>{t('orderedPart')}</span>
          <input value={known.part} onChange={(event) => onKnown({ ...known, part: event.target.value })} />
        </label>
        <label className="field">
          <span>{t('orderedSide')}</span>
          <select
            value={known.side}
            onChange={(event) => onKnown({ ...known, side: event.target.value as KnownBeside['side'] })}
          >
            <option value="">–</option>
            <option value="right">{t('sideRight')}</option>
            <option value="left">{t('sideLeft')}</option>
            <option value="both">{t('sideBoth')}</option>
          </select>
        </label>
        <label className="field">
          <span>{t('priorStudy')}</span>
          <select
            value={known.prior}
            onChange={(event) => onKnown({ ...known, prior: event.target.value as KnownBeside['prior'] })}
          >
            <option value="">–</option>
            <option value="none">{t('priorNo')}</option>
            <option value="yes">{t('priorYes')}</option>
          </select>
        </label>
      </div>
    </details>
  );
}
