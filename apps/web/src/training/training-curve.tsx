import type { TrainingProgress } from '@radiolect/server/api';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import { curvePath } from './curve-path.ts';

const [width, height] = [520, 150];

/** Loss over steps, of training and validation, as it comes in. */
export function TrainingCurve({ points }: { readonly points: readonly TrainingProgress[] }): ReactNode {
  const { t } = useWords();
  const loss = points.flatMap(({ step, loss: value }) => (value === undefined ? [] : [[step, value] as const]));
  const validation = points.flatMap(({ step, validationLoss: value }) =>
    value === undefined ? [] : [[step, value] as const],
  );
  const all = [...loss, ...validation];
  if (all.length < 2) return <p className="quiet">{t('curveLater')}</p>;
  const range = {
    x: [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))] as const,
    y: [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))] as const,
  };
  return (
    <figure className="training-curve">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('curve')}>
        <path d={curvePath(loss, range, { width, height })} className="loss" />
        <path d={curvePath(validation, range, { width, height })} className="validation" />
      </svg>
      <figcaption>
        <span className="key loss">{t('loss')}</span> <span className="key validation">{t('validationLoss')}</span>
        <span className="quiet">{`${range.y[0].toFixed(3)} – ${range.y[1].toFixed(3)}`}</span>
      </figcaption>
    </figure>
  );
}
