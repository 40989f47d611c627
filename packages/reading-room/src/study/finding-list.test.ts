import { InvalidFindingError, makeFinding } from '@radiolect/findings';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotFoundError, RefusedError } from '../errors.ts';
import type { FindingList } from './finding-list.ts';
import {
  acceptFinding,
  addFinding,
  draftedFindings,
  editFinding,
  proposeFindings,
  rejectFinding,
  removeFinding,
  withoutProposals,
} from './finding-list.ts';

const model = { kind: 'model', name: 'm' } as const;
const empty: FindingList = { findings: [], decidedSites: [] };
const proposed = proposeFindings(
  empty,
  [
    makeFinding({ site: 'l4', presence: 'present', nature: 'metastatic', likelihood: 'possible', source: model }),
    makeFinding({ site: 'l5', presence: 'absent', source: model }),
  ],
  false,
);
const sites = (list: FindingList): string[] =>
  list.findings.map(({ finding }) => `${finding.site} ${finding.presence}`);

test('proposals of an unvalidated model stay out of the draft until accepted', () => {
  expect(draftedFindings(proposed)).toEqual([]);
  expect(draftedFindings(acceptFinding(proposed, 'l4')).map(({ site }) => site)).toEqual(['l4']);
});

test('a denied finding is absent, and carries no cause any more', () => {
  const list = rejectFinding(proposed, 'l4', 'Reader');
  expect(list.findings[0]).toMatchObject({ decision: 'accepted', edited: true });
  expect(list.findings[0]!.finding).toMatchObject({ presence: 'absent', source: { kind: 'reader', name: 'Reader' } });
  expect(list.findings[0]!.finding).not.toHaveProperty('nature');
});

test('denying one of two foci in a site leaves the other, and the site is not absent', () => {
  const two = addFinding(acceptFinding(proposed, 'l4'), { site: 'l4', part: 'pedicle' }, undefined);
  expect(two.findings.map(({ finding }) => finding.id)).toEqual(['l4', 'l5', 'l4-2']);
  expect(sites(rejectFinding(two, 'l4', undefined))).toEqual(['l5 absent', 'l4 present']);
});

test('a removed site is unmentioned and is not proposed again', () => {
  const list = removeFinding(proposed, 'l4');
  expect(sites(list)).toEqual(['l5 absent']);
  const again = proposeFindings(
    withoutProposals(list),
    proposed.findings.map(({ finding }) => finding),
    true,
  );
  expect(sites(again)).toEqual(['l5 absent']);
});

test('an added lesion takes the place of "absent"; "absent" beside a lesion is refused', () => {
  expect(sites(addFinding(proposed, { site: 'l5' }, undefined))).toEqual(['l4 present', 'l5 present']);
  expect(() => addFinding(proposed, { site: 'l4', presence: 'absent' }, undefined)).toThrow(RefusedError);
});

test('editing takes away what can no longer stand', () => {
  const probable = editFinding(proposed, 'l4', { likelihood: null }, undefined).findings[0]!.finding;
  expect(probable).toMatchObject({ nature: 'metastatic', likelihood: 'probable' });
  const undetermined = editFinding(proposed, 'l4', { nature: 'unspecified' }, undefined).findings[0]!.finding;
  expect(undetermined).not.toHaveProperty('likelihood');
  expect(() => editFinding(proposed, 'l4', { change: 'resolved', presence: 'uncertain' }, undefined)).not.toThrow();
  expect(() => editFinding(proposed, 'nowhere', {}, undefined)).toThrow(NotFoundError);
});

test('ids stay unique and every finding stays valid under any acts', () => {
  const act = fc.record({
    kind: fc.constantFrom('accept', 'reject', 'remove', 'edit', 'add', 'propose'),
    site: fc.constantFrom('l4', 'l5', 'sacrum'),
    which: fc.nat(5),
    presence: fc.constantFrom('present' as const, 'absent' as const, 'uncertain' as const),
    nature: fc.constantFrom('metastatic' as const, 'unspecified' as const, null),
    change: fc.constantFrom('resolved' as const, 'new' as const, null),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      let list = proposed;
      for (const { kind, site, which, presence, nature, change } of acts) {
        const id = list.findings[which % Math.max(1, list.findings.length)]?.finding.id ?? 'none';
        try {
          if (kind === 'accept') list = acceptFinding(list, id);
          else if (kind === 'reject') list = rejectFinding(list, id, undefined);
          else if (kind === 'remove') list = removeFinding(list, id);
          else if (kind === 'edit') list = editFinding(list, id, { presence, nature, change }, undefined);
          else if (kind === 'add') list = addFinding(list, { site, presence }, undefined);
          else list = proposeFindings(list, [makeFinding({ site, presence, source: model })], true);
        } catch (error) {
          expect([NotFoundError, RefusedError, InvalidFindingError]).toContain((error as Error).constructor);
        }
        const ids = list.findings.map(({ finding }) => finding.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { finding } of list.findings) expect(makeFinding(finding)).toEqual(finding);
      }
    }),
    { numRuns: 200 },
  );
});
