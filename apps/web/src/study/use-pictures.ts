import type { Atlas, Warp } from '@radiolect/findings';
import type { StudyView } from '@radiolect/server/api';
import { useMemo } from 'react';
import { useCounts } from '../api/queries.ts';
import { fittedWarp } from '../viewer/fitted-warp.ts';
import type { Box } from '../viewer/viewport.ts';
import type { CountPicture } from '../viewer/window-level.ts';
import { bodyBox } from '../viewer/window-level.ts';

/** A view with its counts once they are here. */
export interface LoadedView {
  readonly studyView: StudyView;
  readonly picture: CountPicture;
  readonly box: Box;
  /** The study's own, or a first guess; absent where the view or the atlas is not known. */
  readonly warp: Warp | undefined;
}

interface LoadState {
  readonly loaded: LoadedView | undefined;
  readonly problem: Error | null;
}

function useLoadedView(studyView: StudyView | undefined, atlas: Atlas | undefined): LoadState {
  const { data: counts, error } = useCounts(studyView);
  const loaded = useMemo(() => {
    if (!studyView || !counts) return undefined;
    const { columns, rows, pixelSpacing = [1, 1] } = studyView;
    const picture = { columns, rows, counts, pixelSpacing };
    const box = bodyBox(picture);
    const guess = atlas && studyView.view ? fittedWarp(atlas, studyView.view, box) : undefined;
    return { studyView, picture, box, warp: studyView.warp ?? guess };
    // The cache keeps equal parts of an answer identical, so a change elsewhere in the study does not come here.
  }, [counts, studyView, atlas]);
  return { loaded, problem: error };
}

/** The anterior view, then the posterior one; a study of unnamed views shows its first two as they come. */
export function usePictures(
  views: readonly StudyView[],
  atlas: Atlas | undefined,
): {
  readonly pictures: readonly LoadedView[];
  readonly waiting: boolean;
  readonly problem: Error | null;
} {
  const [first, second] = orderedViews(views);
  const one = useLoadedView(first, atlas);
  const other = useLoadedView(second, atlas);
  return {
    pictures: [one.loaded, other.loaded].filter((loaded) => loaded !== undefined),
    waiting: (first !== undefined && !one.loaded) || (second !== undefined && !other.loaded),
    problem: one.problem ?? other.problem,
  };
}

export function orderedViews(views: readonly StudyView[]): readonly StudyView[] {
  const named = (['anterior', 'posterior'] as const).flatMap((name) => views.find((view) => view.view === name) ?? []);
  return [...named, ...views.filter((view) => !named.includes(view))].slice(0, 2);
}
