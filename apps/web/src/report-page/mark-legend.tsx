import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';

/** What the lines under the words mean; the colours are those of the states beside the table. */
export function MarkLegend(): ReactNode {
  const { t, word } = useWords();
  const signs = [
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
