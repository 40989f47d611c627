import type { Evidence, Finding, FindingAttributes, FindingInput, Presence } from '@radiolect/findings';
import { makeFinding } from '@radiolect/findings';
import { NotFoundError, RefusedError } from '../errors.ts';
import type { ListedFinding } from '../store/records.ts';

/** What a reader works on: the findings of a study, and the sites on which a reader has decided. */
export interface FindingList {
  readonly findings: readonly ListedFinding[];
  readonly decidedSites: readonly string[];
}

/** A new finding of a reader. */
export interface NewFinding extends FindingAttributes {
  readonly site: string;
  readonly part?: string | undefined;
  readonly presence?: Presence | undefined;
  readonly evidence?: readonly Evidence[];
}

const nullable = ['part', 'nature', 'likelihood', 'change', 'uptake', 'intensity'] as const;
/** What a reader changes; null takes an attribute away, what is left out stays. */
export type FindingPatch = { readonly site?: string; readonly presence?: Presence } & {
  readonly [K in (typeof nullable)[number]]?: Finding[K] | null;
};

/** The reader agrees with a proposed finding. */
export const acceptFinding = (list: FindingList, id: string): FindingList =>
  replaced(list, id, (listed) => ({ ...listed, decision: 'accepted', inDraft: true }));

export const acceptAll = (list: FindingList): FindingList => ({
  findings: list.findings.map((listed) => ({ ...listed, decision: 'accepted', inDraft: true })),
  decidedSites: union(
    list.decidedSites,
    list.findings.map(({ finding }) => finding.site),
  ),
});

/**
 * The reader denies a finding: its site is absent. Where another focus at the site stands, only this one goes, since a
 * site with a lesion is not absent.
 */
export function rejectFinding(list: FindingList, id: string, reader: string | undefined): FindingList {
  const { finding } = listedOf(list, id);
  const othersStand = list.findings.some(
    (other) => other.finding.id !== id && other.finding.site === finding.site && other.finding.presence !== 'absent',
  );
  if (othersStand) return removeFinding(list, id);
  return replaced(list, id, () => ({
    finding: makeFinding({
      id,
      site: finding.site,
      presence: 'absent',
      evidence: finding.evidence,
      source: sourceOf(reader),
    }),
    decision: 'accepted',
    inDraft: true,
    edited: true,
  }));
}

/** Takes a finding off the list: its site is no longer mentioned. */
export function removeFinding(list: FindingList, id: string): FindingList {
  const { finding } = listedOf(list, id);
  return {
    findings: list.findings.filter((listed) => listed.finding.id !== id),
    decidedSites: union(list.decidedSites, [finding.site]),
  };
}

/**
 * Changes a finding. What can no longer stand goes with the change (an absent finding has no cause; without a cause
 * there is no likelihood), and a cause without a likelihood is taken as probable. Throws InvalidFindingError.
 */
export function editFinding(
  list: FindingList,
  id: string,
  patch: FindingPatch,
  reader: string | undefined,
): FindingList {
  const { finding } = listedOf(list, id);
  const merged: Record<string, unknown> = { ...finding, source: sourceOf(reader) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = value;
  }
  const edited = makeFinding(settled(merged as unknown as FindingInput));
  return replaced(list, id, () => ({ finding: edited, decision: 'accepted', inDraft: true, edited: true }));
}

/** Adds a reader's finding; an absent entry of its site gives way. Throws InvalidFindingError, RefusedError. */
export function addFinding(list: FindingList, added: NewFinding, reader: string | undefined): FindingList {
  const presence = added.presence ?? 'present';
  const atSite = list.findings.filter(({ finding }) => finding.site === added.site);
  if (presence === 'absent' && atSite.some(({ finding }) => finding.presence !== 'absent'))
    throw new RefusedError('the site has a finding that is not absent', 'reject or remove that finding first');
  const kept = list.findings.filter(
    ({ finding }) => finding.site !== added.site || (finding.presence !== 'absent' && presence !== 'absent'),
  );
  const taken = new Set(kept.map(({ finding }) => finding.id));
  let id = added.site;
  for (let number = 2; taken.has(id); number++) id = `${added.site}-${number}`;
  const { part, evidence, ...attributes } = added;
  const finding = makeFinding(
    settled({
      ...attributes,
      id,
      presence,
      ...(part === undefined ? {} : { part }),
      evidence: evidence ?? [],
      source: sourceOf(reader),
    }),
  );
  return {
    findings: [...kept, { finding, decision: 'accepted', inDraft: true, edited: false }],
    decidedSites: union(list.decidedSites, [added.site]),
  };
}

/** Puts what another source says of sites that the list is silent on onto the list, as proposed. */
export function proposeFindings(list: FindingList, proposed: readonly Finding[], inDraft: boolean): FindingList {
  const silent = new Set([...list.decidedSites, ...list.findings.map(({ finding }) => finding.site)]);
  const taken = new Set(list.findings.map(({ finding }) => finding.id));
  const fresh = proposed
    .filter((finding) => !silent.has(finding.site))
    .map((finding): ListedFinding => {
      let { id } = finding;
      for (let number = 2; taken.has(id); number++) id = `${finding.site}-${number}`;
      taken.add(id);
      return { finding: { ...finding, id }, decision: 'proposed', inDraft, edited: false };
    });
  return { ...list, findings: [...list.findings, ...fresh] };
}

/** Takes away everything that a model proposed and nobody decided on, before it reads again. */
export const withoutProposals = (list: FindingList): FindingList => ({
  ...list,
  findings: list.findings.filter(({ decision, finding }) => decision === 'accepted' || finding.source.kind !== 'model'),
});

/** The findings that the draft and the signature are about. */
export const draftedFindings = (list: FindingList): Finding[] =>
  list.findings.filter(({ inDraft }) => inDraft).map(({ finding }) => finding);

function settled(input: FindingInput): FindingInput {
  const finding: Record<string, unknown> = { ...input };
  if (finding.presence === 'absent')
    for (const key of ['nature', 'likelihood', 'uptake', 'intensity']) delete finding[key];
  else if (finding.change === 'resolved') delete finding.change;
  if (finding.nature === undefined || finding.nature === 'unspecified') delete finding.likelihood;
  else finding.likelihood ??= 'probable';
  return finding as unknown as FindingInput;
}

const sourceOf = (reader: string | undefined): Finding['source'] => ({
  kind: 'reader',
  ...(reader === undefined ? {} : { name: reader }),
});

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

function listedOf(list: FindingList, id: string): ListedFinding {
  const found = list.findings.find(({ finding }) => finding.id === id);
  if (!found) throw new NotFoundError('finding');
  return found;
}

function replaced(list: FindingList, id: string, change: (listed: ListedFinding) => ListedFinding): FindingList {
  const before = listedOf(list, id);
  return {
    findings: list.findings.map((listed) => (listed === before ? change(listed) : listed)),
    decidedSites: union(list.decidedSites, [before.finding.site]),
  };
}
