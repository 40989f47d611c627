import { Columns3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLanguageModels } from '../api/queries.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useWords } from '../words/words-context.tsx';
import { ModelDraftsSwitch } from './model-drafts-switch.tsx';
import { useModelDraftsSwitch } from './use-model-drafts-switch.ts';

/**
 * In the draft panel: the switch that lets language models draft, and the way to their drafts. Nothing is shown where no
 * model is configured.
 */
export function ModelDraftsLine({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  const { t } = useWords();
  const { data } = useLanguageModels();
  const { on } = useModelDraftsSwitch();
  const configured = (data?.models.length ?? 0) > 0;
  useKeys([['c', () => on && configured && onOpen()]]);
  if (!data || (!configured && !data.problem)) return null;
  return (
    <div className="model-drafts-line">
      {configured && <ModelDraftsSwitch />}
      {configured && on && (
        <button type="button" className="small" title={`${t('draftsSideBySide')} (c)`} onClick={onOpen}>
          <Columns3 /> {t('sideBySide')} <kbd>c</kbd>
        </button>
      )}
      {data.problem && (
        <p className="tag warn" role="note">
          {t('modelConfiguration', data.problem)}
        </p>
      )}
    </div>
  );
}
