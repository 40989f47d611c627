import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';

/** What the colours and lines under the words mean. */
export function MarkLegend(): ReactNode {
  const { t, word } = useWords();
  const signs = [
    ['label-span present', word('presence', 'present')],
    ['label-span uncertain', word('presence', 'uncertain')],
    ['label-span absent', word('presence', 'absent')],
    ['label-span present malignant', t('causeMalignant')],
    ['label-span present benign', t('causeBenign')],
    ['label-span present undetermined', word('nature', 'unspecified')],
    ['aside-span', t('setAside')],
    ['warned-span', t('toLookAt')],
  ] as const;
  return (
    <p className="mark-legend">
      {signs.map(([look, meaning]) => (
        <mark key={look} className={look}>
          {meaning}
        </mark>
      ))}
    </p>
  );
}
