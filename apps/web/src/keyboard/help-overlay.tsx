import type { ReactNode } from 'react';
import type { WordKey } from '../words/words.ts';
import { useWords } from '../words/words-context.tsx';
import { Modal } from './modal.tsx';

const groups: readonly (readonly [title: WordKey, rows: readonly (readonly [keys: string, does: WordKey])[]])[] = [
  [
    'helpEverywhere',
    [
      ['?', 'helpThis'],
      ['g w', 'worklist'],
      ['g r', 'reportPage'],
      ['g v', 'review'],
      ['g t', 'training'],
      ['g i', 'archive'],
      ['Esc', 'helpEscape'],
    ],
  ],
  [
    'worklist',
    [
      ['j / k', 'helpNextPrevious'],
      ['Enter', 'helpOpen'],
      ['/', 'helpSearch'],
    ],
  ],
  [
    'helpReport',
    [
      ['t', 'helpToText'],
      ['1 – 4', 'helpTabs'],
      ['j / k', 'helpNextRow'],
      ['Enter', 'helpRowToText'],
    ],
  ],
  [
    'helpStudy',
    [
      ['j / k', 'helpNextFinding'],
      ['a', 'accept'],
      ['r', 'reject'],
      ['x', 'remove'],
      ['e', 'edit'],
      ['+', 'addFinding'],
      ['Shift A', 'acceptAll'],
      ['d', 'helpNextSentence'],
      ['o', 'outlineOnScan'],
      ['h', 'heatMap'],
      ['i', 'helpScheme'],
      ['[ / ]', 'helpWindow'],
      ['0', 'fitWindow'],
      ['n / p', 'helpNextStudy'],
      ['Ctrl Enter', 'sign'],
    ],
  ],
  [
    'review',
    [
      ['← / →', 'helpReviewTake'],
      ['o', 'ownLabel'],
      ['0', 'notMentionedAct'],
      ['s', 'oneByOne'],
      ['n / p', 'helpReviewMove'],
      ['u', 'helpReviewUndo'],
    ],
  ],
  [
    'helpDrafts',
    [
      ['c', 'helpDraftsOpen'],
      ['w', 'write'],
      ['1 – 9, ← / →', 'helpDraftsChoose'],
      ['t', 'takeDraft'],
      ['Esc', 'backToStudy'],
    ],
  ],
];

/** All keys on one page; opened and closed with "?". */
export function HelpOverlay({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  return (
    <Modal title={t('keyboard')} onClose={onClose}>
      <div className="help-groups">
        {groups.map(([title, rows]) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {rows.map(([keys, does]) => (
                <div key={keys}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{t(does)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="modal-actions">
        <button type="button" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Modal>
  );
}
