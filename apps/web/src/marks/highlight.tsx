import type { ReactNode } from 'react';
import { createContext, useContext, useMemo, useState } from 'react';

/**
 * What the reader points at: a sentence, a finding, a site on the body map or words of the report on file. All parts of
 * the study page show the same highlight, so a sentence lights its site and a site its sentences.
 */
export interface Highlight {
  readonly sites: ReadonlySet<string>;
  readonly findings: ReadonlySet<string>;
  readonly sentence?: string;
  /** Stretches of a text that belong to no finding, by the ids that their part of the page gives them. */
  readonly spans?: ReadonlySet<string>;
}

interface HighlightState {
  readonly highlight: Highlight;
  /** Pointed at by the mouse: goes when the mouse leaves. */
  readonly hover: (highlight: Highlight | undefined) => void;
  /** Chosen by click or keyboard: stays until something else is chosen. */
  readonly select: (highlight: Highlight | undefined) => void;
  readonly selected: Highlight;
}

export const noHighlight: Highlight = { sites: new Set(), findings: new Set() };
const HighlightContext = createContext<HighlightState>({
  highlight: noHighlight,
  hover: () => undefined,
  select: () => undefined,
  selected: noHighlight,
});

export const useHighlight = (): HighlightState => useContext(HighlightContext);

export function HighlightProvider({
  sites,
  children,
}: {
  /** Selected at the start. */
  readonly sites?: readonly string[];
  readonly children: ReactNode;
}): ReactNode {
  const [hovered, hover] = useState<Highlight>();
  const [selected, select] = useState<Highlight | undefined>(sites && { sites: new Set(sites), findings: new Set() });
  const value = useMemo(
    () => ({ highlight: hovered ?? selected ?? noHighlight, hover, select, selected: selected ?? noHighlight }),
    [hovered, selected],
  );
  return <HighlightContext value={value}>{children}</HighlightContext>;
}

/** Mouse and keyboard handlers of an element that points at something. */
export function pointing(
  { hover, select }: Pick<HighlightState, 'hover' | 'select'>,
  highlight: Highlight,
): {
  onMouseEnter: () => void;
  onMouseLeave: () => void;
  onFocus: () => void;
} {
  return {
    onMouseEnter: () => hover(highlight),
    onMouseLeave: () => hover(undefined),
    onFocus: () => select(highlight),
  };
}

/** A pointed-at finding lights the sentences that state it; a pointed-at site those that state a finding there. */
export function touches(highlight: Highlight, own: Highlight): boolean {
  if (highlight.findings.size > 0) return [...highlight.findings].some((id) => own.findings.has(id));
  return [...highlight.sites].some((site) => own.sites.has(site));
}
