import type { AddFinding, ListedFinding } from '@radiolect/server/api';
import type { StudyAction } from '../api/use-study-action.ts';

/**
 * What to ask of the server so that `wanted` stands on the list. A site is not both denied and affirmed: where the only
 * finding there says the opposite it is changed, or replaced when the new one brings an outline; a proposal that says
 * the same is accepted. A second focus at an affirmed site is a finding of its own.
 */
export function addSteps(listed: readonly ListedFinding[], wanted: AddFinding): readonly StudyAction[] {
  const add: StudyAction = { method: 'POST', path: 'findings', body: wanted };
  const there = listed.filter(({ finding }) => finding.site === wanted.site);
  const [known] = there;
  if (!known) return [add];
  const path = ({ finding }: ListedFinding): string => `findings/${encodeURIComponent(finding.id)}`;
  // To say what a proposal says is to accept it.
  const proposal = there.find((entry) => entry.decision === 'proposed' && entry.finding.presence === wanted.presence);
  if (proposal && !wanted.outline) return [{ method: 'POST', path: `${path(proposal)}/accept` }];
  if (wanted.presence === 'absent')
    return there
      .filter(({ finding }) => finding.presence !== 'absent')
      .map((entry) => ({ method: 'POST', path: `${path(entry)}/reject` }));
  if (there.length === 1 && known.finding.presence !== wanted.presence)
    return wanted.outline
      ? [{ method: 'DELETE', path: path(known) }, add]
      : [{ method: 'PATCH', path: path(known), body: { presence: wanted.presence } }];
  return [add];
}
