import type { Change, Finding } from '@radiolect/findings';
import { intensities, makeFinding } from '@radiolect/findings';

/**
 * The findings with their change against those of an earlier study, where the two sets say it: a site that was absent
 * is new, one that is absent now has resolved, and two stated intensities give increased, stable or decreased. A change
 * that a reader has stated stays; a doubtful side, a site that the earlier study leaves out and a site with several foci
 * get none.
 */
export function changesSincePrior(findings: readonly Finding[], prior: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    const same = (list: readonly Finding[]): Finding[] => list.filter(({ site }) => site === finding.site);
    const [before, ...more] = same(prior);
    if (finding.change || !before || more.length > 0 || same(findings).length > 1) return finding;
    const change = changeBetween(before, finding);
    return change ? makeFinding({ ...finding, change }) : finding;
  });
}

function changeBetween(before: Finding, now: Finding): Change | undefined {
  if (before.presence === 'absent' && now.presence === 'present') return 'new';
  if (before.presence === 'present' && now.presence === 'absent') return 'resolved';
  if (before.presence !== 'present' || now.presence !== 'present') return undefined;
  if (!before.intensity || !now.intensity || before.uptake !== now.uptake) return undefined;
  const step = intensities.indexOf(now.intensity) - intensities.indexOf(before.intensity);
  // A photopenic defect that is more marked has lost uptake.
  const uptake = now.uptake === 'decreased' ? -step : step;
  if (uptake === 0) return 'stable';
  return uptake > 0 ? 'increased' : 'decreased';
}
