import type { PriorStudy } from '@radiolect/server/api';
import { Contrast, Flame, Lasso, Maximize } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ColourScheme } from '../viewer/picture-renderer.ts';
import { colourSchemes } from '../viewer/picture-renderer.ts';
import type { ViewerState } from '../viewer/viewer-state.ts';
import { sliderOfUpper, upperOfSlider } from '../viewer/window-level.ts';
import { shortDate } from '../words/dates.ts';
import type { WordKey } from '../words/words.ts';
import { useWords } from '../words/words-context.tsx';

const schemeNames = {
  'hot-black': 'hotBlack',
  'hot-white': 'hotWhite',
  'hot-metal': 'hotMetal',
} as const satisfies Record<ColourScheme, WordKey>;

/** Window, colours, heat map, outlining and the prior; what lies under the cursor is named at its end. */
export function ScanToolbar(props: {
  readonly state: ViewerState;
  readonly onChange: (part: Partial<ViewerState>) => void;
  /** Counts. */
  readonly opening: number;
  readonly upper: number;
  readonly priors: readonly PriorStudy[];
  readonly prior: string | undefined;
  readonly onPrior: (id: string | undefined) => void;
  readonly heatable: boolean;
  readonly readOnly: boolean;
  readonly sitesUnderCursor: readonly string[];
  readonly countUnderCursor: number | undefined;
}): ReactNode {
  const { t, siteName } = useWords();
  const { state, onChange, opening, upper, countUnderCursor } = props;
  const underCursor = [
    ...props.sitesUnderCursor.map(siteName),
    countUnderCursor !== undefined && t('countsHere', { n: countUnderCursor }),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className="scan-toolbar" role="toolbar" aria-label={t('scans')}>
      <label className="slider" title={t('upperThreshold')}>
        <Contrast aria-hidden="true" />
        <input
          type="range"
          min={0}
          max={1}
          step={0.005}
          aria-label={t('upperThreshold')}
          aria-valuetext={t('countsValue', { n: Math.round(upper) })}
          value={sliderOfUpper(upper, opening)}
          onChange={(event) => onChange({ upper: upperOfSlider(Number(event.target.value), opening) })}
        />
        <output>{upper < 10 ? upper.toFixed(1) : Math.round(upper)}</output>
      </label>
      <select
        aria-label={t('colours')}
        value={state.scheme}
        onChange={(event) => onChange({ scheme: event.target.value as ColourScheme })}
      >
        {colourSchemes.map((scheme) => (
          <option key={scheme} value={scheme}>
            {t(schemeNames[scheme])}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="icon"
        title={`${t('fitWindow')} (0)`}
        aria-label={t('fitWindow')}
        onClick={() => onChange({ upper: undefined, viewport: undefined })}
      >
        <Maximize />
      </button>
      <button
        type="button"
        className="icon"
        title={`${t('heatMap')} (h)`}
        aria-label={t('heatMap')}
        aria-pressed={state.showHeat}
        onClick={() => onChange({ showHeat: !state.showHeat })}
      >
        <Flame />
      </button>
      {!props.readOnly && (
        <button
          type="button"
          className="icon"
          title={`${t('outlineOnScan')} (o)`}
          aria-label={t('outlineOnScan')}
          aria-pressed={state.drawing}
          onClick={() => onChange({ drawing: !state.drawing })}
        >
          <Lasso />
        </button>
      )}
      {props.priors.length > 0 && (
        <select
          aria-label={t('prior')}
          value={props.prior ?? ''}
          onChange={(event) => props.onPrior(event.target.value || undefined)}
        >
          <option value="">{t('priorNone', { n: props.priors.length })}</option>
          {props.priors.map((prior) => (
            <option key={prior.id} value={prior.id}>
              {t('priorOf', { date: shortDate(prior.studyDate) })}
            </option>
          ))}
        </select>
      )}
      <span className="under-cursor" aria-hidden="true">
        {state.drawing ? t('drawHint') : underCursor}
        {state.showHeat && !props.heatable && !state.drawing && t('heatHint')}
      </span>
    </div>
  );
}
