import { confidentialityProfile } from './confidentiality-profile.generated.ts';

/**
 * What happens to an attribute: `inside` keeps a sequence whose items are treated one by one, `shift` moves its date,
 * `keep` leaves it (its items, if any, are treated too).
 */
export type ProfileAction = 'remove' | 'empty' | 'dummy' | 'uid' | 'shift' | 'inside' | 'keep';

const byTag = new Map<string, ProfileAction>(
  (Object.entries(confidentialityProfile) as [ProfileAction, string][]).flatMap(([action, tags]) =>
    tags.split(' ').map((tag): [string, ProfileAction] => [tag, action]),
  ),
);

/** The action for a tag: private groups, curves and overlays go, else as table E.1-1 says, else kept. */
export function profileAction(tag: string): ProfileAction {
  const group = Number.parseInt(tag.slice(0, 4), 16);
  if (group % 2 === 1) return 'remove';
  if (group >= 0x5000 && group <= 0x50ff) return 'remove';
  if (group >= 0x6000 && group <= 0x60ff) return 'remove';
  return byTag.get(tag.toUpperCase()) ?? 'keep';
}
