import type { Finding } from '@radiolect/findings';
import type { AddFinding } from '@radiolect/server/api';
import type { StudyAction } from '../api/use-study-action.ts';

/**
 * What to ask of the server so that `wanted` stands on the list. A site is not both denied and affirmed: where the only
 * finding there says the opposite it is changed, or replaced when the new one brings an outline. A second focus at an
 * affirmed site is a finding of its own.
 */
export function addSteps(findings: readonly Finding[], wanted: AddFinding): readonly StudyAction[] {
  const add: StudyAction = { method: 'POST', path: 'findings', body: wanted };
  const there = findings.filter((finding) => finding.site === wanted.site);
  const [known] = there;
  if (!known) return [add];
  const path = (finding: Finding): string => `findings/${encodeURIComponent(finding.id)}`;
  if (wanted.presence === 'absent')
    return there
      .filter(({ presence }) => presence !== 'absent')
      .map((finding) => ({ method: 'POST', path: `${path(finding)}/reject` }));
  if (there.length === 1 && known.presence !== wanted.presence)
    return wanted.outline
      ? [{ method: 'DELETE', path: path(known) }, add]
      : [{ method: 'PATCH', path: path(known), body: { presence: wanted.presence } }];
  return [add];
}
