const stored = 'radiolect-study-order';

/** Remembers in which order the worklist last showed its studies, so that the study page can go to the next one. */
export function rememberStudyOrder(ids: readonly string[]): void {
  sessionStorage.setItem(stored, JSON.stringify(ids));
}

/** The study `step` places after (or before) this one in the worklist last seen; undefined at its ends. */
export function neighbourStudy(id: string, step: 1 | -1): string | undefined {
  const ids = JSON.parse(sessionStorage.getItem(stored) ?? '[]') as string[];
  const at = ids.indexOf(id);
  return at < 0 ? undefined : ids[at + step];
}
