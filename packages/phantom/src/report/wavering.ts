import { mirrorSite } from '@radiolect/findings';
import { spineSites } from '../sampling/site-groups.ts';
import type { ReportPlan, Statement } from './plan.ts';
import { physiologicSites } from './plan.ts';
import type { Writer } from './writer.ts';

/** The neighbour below of a single rib or vertebra that the writer cannot tell it from, where nothing else is said of it. */
export function waveringSite(
  statement: Statement,
  plan: ReportPlan,
  share: number,
  writer: Writer,
): string | undefined {
  const [site] = statement.sites;
  if (statement.sites.length !== 1 || statement.presence !== 'present' || statement.change || site === undefined)
    return undefined;
  const rib = /^rib-(\d+)-(right|left)$/.exec(site);
  const at = spineSites.indexOf(site);
  const neighbour =
    rib && Number(rib[1]) < 12 ? `rib-${Number(rib[1]) + 1}-${rib[2]}` : at >= 0 ? spineSites[at + 1] : undefined;
  if (!neighbour || !writer.random.chance(share)) return undefined;
  const taken = plan.statements.some(({ sites }) => sites.includes(neighbour));
  // A region that is summed up or closed with a negative of its own must not be split by an "or".
  return taken || plan.summedUp.length > 0 ? undefined : neighbour;
}

/** The mirrored site of a statement about one paired site, where the writer's impression takes the wrong side. */
export function otherSideOf(statement: Statement, plan: ReportPlan, share: number, writer: Writer): string | undefined {
  const [site] = statement.sites;
  if (statement.sites.length !== 1 || site === undefined) return undefined;
  const other = mirrorSite(site);
  if (other === site || !writer.random.chance(share)) return undefined;
  const taken = [
    ...plan.statements.flatMap(({ sites }) => sites),
    ...plan.physiologic.flatMap((name) => physiologicSites[name]),
  ];
  return taken.includes(other) ? undefined : other;
}
