import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import { useModelDraftsSwitch } from './use-model-drafts-switch.ts';

/** Lets language models draft in this project, or not; off until somebody switches it on. */
export function ModelDraftsSwitch(): ReactNode {
  const { t } = useWords();
  const { on, pending, problem, set } = useModelDraftsSwitch();
  return (
    <>
      <label className="toggle" title={t('modelDraftsWhy')}>
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          disabled={pending}
          onChange={(event) => set(event.target.checked)}
        />
        {t('modelDrafts')}
      </label>
      {problem && <p role="alert">{problem}</p>}
    </>
  );
}
