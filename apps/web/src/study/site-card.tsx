import type { Point, Presence, View } from '@radiolect/findings';
import { presences } from '@radiolect/findings';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { MarkBadge } from '../marks/mark-badge.tsx';
import type { Mark, SiteStates } from '../marks/site-state.ts';
import { useWords } from '../words/words-context.tsx';

/** A place that the reader chose: on the body map, by a click on the scan, by an outline, or by name. */
export interface ChosenPlace {
  /** Sites there, the likeliest first; the reader picks one. */
  readonly sites: readonly string[];
  readonly outline?: { readonly view: View; readonly polygon: readonly Point[] };
}

/** The chosen place: which site it is, how it stands, and one button for each thing that can be said of it. */
export function SiteCard({
  place,
  allSites,
  states,
  marks,
  onSite,
  onAdd,
  onClose,
}: {
  readonly place: ChosenPlace;
  readonly allSites: readonly string[];
  readonly states: SiteStates;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly onSite: (site: string) => void;
  readonly onAdd: (site: string, presence: Presence) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t, word, siteName } = useWords();
  const site = place.sites[0];
  const select = useRef<HTMLSelectElement>(null);
  const bare = site === undefined;
  useEffect(() => {
    // Opened by the keyboard: no place was pointed at, so the list of sites is next.
    if (bare) select.current?.focus();
  }, [bare]);
  const others = allSites.filter((other) => !place.sites.includes(other));
  const mark = site === undefined ? undefined : marks.get(site);
  return (
    <fieldset
      className="site-card"
      aria-label={t('addFinding')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="site-card-head">
        <select ref={select} aria-label={t('site')} value={site ?? ''} onChange={(event) => onSite(event.target.value)}>
          {site === undefined && <option value="">{t('chooseSite')}</option>}
          {place.sites.map((id) => (
            <option key={id} value={id}>
              {siteName(id)}
            </option>
          ))}
          <hr />
          {others.map((id) => (
            <option key={id} value={id}>
              {siteName(id)}
            </option>
          ))}
        </select>
        <button type="button" className="icon" aria-label={t('close')} onClick={onClose}>
          <X />
        </button>
      </div>
      {site !== undefined && (
        <>
          <p className="quiet">
            {word('presence', states.get(site) ?? 'unmentioned')} {mark && <MarkBadge mark={mark} />}
            {place.outline && ` · ${t('withOutline')}`}
          </p>
          <div className="site-card-acts">
            {presences.map((presence) => (
              <button key={presence} type="button" className="small" onClick={() => onAdd(site, presence)}>
                <span className={`state-dot ${presence}`} aria-hidden="true" />{' '}
                {t('addAs', { presence: word('presence', presence) })}
              </button>
            ))}
          </div>
        </>
      )}
    </fieldset>
  );
}
