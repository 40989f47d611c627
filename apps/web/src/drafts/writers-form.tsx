import type { LanguageModelCard, WriteDrafts } from '@radiolect/server/api';
import { PenLine, Square, TriangleAlert } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import { useWords } from '../words/words-context.tsx';

const mostWordings = 5;
const stored = 'radiolect-draft-writers';

/** Who writes, in how many wordings, and what leaves this computer by it. */
export function WritersForm({
  models,
  running,
  written,
  onWrite,
  onCancel,
}: {
  readonly models: readonly LanguageModelCard[];
  readonly running: boolean;
  /** Something has been written before. */
  readonly written: boolean;
  readonly onWrite: (wanted: WriteDrafts) => void;
  readonly onCancel: () => void;
}): ReactNode {
  const { t } = useWords();
  const [chosen, setChosen] = useState(() => firstChosen(models));
  const [variants, setVariants] = useState(1);
  const group = useId();
  const toggle = (name: string): void => {
    const next = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
    sessionStorage.setItem(stored, JSON.stringify(next));
    setChosen(next);
  };
  const banners = models.flatMap(({ name, banner }) => (banner && chosen.includes(name) ? [{ name, banner }] : []));
  const asksModel = models.some(({ name }) => chosen.includes(name));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onWrite({ writers: chosen, ...(asksModel ? { variants } : {}) });
  };
  return (
    <form className="writers-form" onSubmit={submit}>
      <fieldset disabled={running}>
        <legend className="sr-only" id={group}>
          {t('writers')}
        </legend>
        <label className="toggle">
          <input type="checkbox" checked={chosen.includes('rules')} onChange={() => toggle('rules')} />
          {t('writerRules')}
        </label>
        {models.map(({ name, seesImages, leavesComputer }) => (
          <label key={name} className="toggle">
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            <span title={t(seesImages ? 'seesImages' : 'seesTextOnly')}>{name}</span>
            {leavesComputer && <TriangleAlert className="leaves" aria-hidden="true" />}
          </label>
        ))}
        <label className="toggle wordings">
          {t('wordings')}
          <select value={variants} disabled={!asksModel} onChange={(event) => setVariants(Number(event.target.value))}>
            {Array.from({ length: mostWordings }, (_, index) => index + 1).map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
      </fieldset>
      {running ? (
        <button type="button" onClick={onCancel}>
          <Square /> {t('stopWriting')}
        </button>
      ) : (
        <button type="submit" className="primary" disabled={chosen.length === 0}>
          <PenLine /> {t(written ? 'writeAgain' : 'write')} <kbd>w</kbd>
        </button>
      )}
      {banners.map(({ name, banner }) => (
        <p key={name} className="leaves-banner" role="note">
          <TriangleAlert aria-hidden="true" /> <b>{t('textLeaves')}</b> {banner}
        </p>
      ))}
    </form>
  );
}

/** The last choice of this window; else the rules and every model whose text stays on this computer. */
function firstChosen(models: readonly LanguageModelCard[]): readonly string[] {
  const names = new Set(['rules', ...models.map(({ name }) => name)]);
  const kept = sessionStorage.getItem(stored);
  if (kept) return (JSON.parse(kept) as string[]).filter((name) => names.has(name));
  return ['rules', ...models.filter(({ leavesComputer }) => !leavesComputer).map(({ name }) => name)];
}
