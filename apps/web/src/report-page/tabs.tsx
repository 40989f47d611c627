import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useRef } from 'react';

export interface Tab<T extends string> {
  readonly id: T;
  readonly name: string;
  readonly count?: number;
  /** The count asks for a look. */
  readonly warn?: boolean;
}

/** Tabs after the ARIA pattern: the arrow keys walk, the chosen one alone is a tab stop. */
export function Tabs<T extends string>({
  label,
  tabs,
  current,
  onChoose,
  children,
  aside,
}: {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly current: T;
  readonly onChoose: (tab: T) => void;
  readonly children: ReactNode;
  /** Stands at the end of the row of tabs. */
  readonly aside?: ReactNode;
}): ReactNode {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const at = tabs.findIndex((tab) => tab.id === current);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <>
      <div className="tab-row">
        <div role="tablist" aria-label={label} className="segments" ref={list} onKeyDown={walk}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${id}-${tab.id}`}
              data-tab={tab.id}
              aria-selected={tab.id === current}
              aria-controls={`${id}-panel`}
              tabIndex={tab.id === current ? 0 : -1}
              onClick={() => onChoose(tab.id)}
            >
              {tab.name}
              {tab.count !== undefined && <span className={`count${tab.warn ? ' warn' : ''}`}> {tab.count}</span>}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} className="tab-panel">
        {children}
      </div>
    </>
  );
}
