import type { ReactNode } from 'react';

/** A progress bar with its numbers; without a total it only says how much is done. */
export function ProgressLine({
  label,
  done,
  total,
}: {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
}): ReactNode {
  return (
    <div className="progress-line">
      <span>{label}</span>
      <progress aria-label={label} max={total ?? 1} {...(total === undefined ? {} : { value: done })} />
      <span className="mono">{total === undefined ? done : `${done} / ${total}`}</span>
    </div>
  );
}
