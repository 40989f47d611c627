import type { Hit } from './cue.ts';
import { stanceOf } from './stance.ts';
import type { Work } from './work.ts';
import { positives, report, sentenceAt, spansOf } from './work.ts';

/** Critical results and whether somebody was told; open findings and whether a next step is named. */
export function checkCriticalResults(work: Work): void {
  const { data, outline } = work;
  const told = communicated(work);
  for (const { name, cue, urgent } of data.critical) {
    const hits = cue.all(outline.folded).filter((hit) => speaksOfPicture(work, hit));
    const stances = hits
      .map((hit) => ({ hit, stance: stanceOf(work, hit) }))
      .filter(({ stance }) => stance !== 'denied');
    if (stances.length === 0) continue;
    const firm = stances.some(({ stance }) => stance === 'claimed');
    const at = stances.map(({ hit }) => hit);
    if (told.length > 0)
      report(work, 'critical-result-communicated', {
        severity: 'information',
        at: [...at, ...told],
        values: { what: name },
      });
    else
      report(work, firm ? 'critical-result-not-communicated' : 'critical-result', {
        severity: firm && urgent ? 'warning' : 'information',
        at,
        values: { what: name },
      });
  }
}

/** Spans that say that somebody was told; a discussion to come is none. */
function communicated(work: Work): Hit[] {
  const { data, outline } = work;
  return data.cues.communication
    .all(outline.folded)
    .filter(
      (hit) =>
        stanceOf(work, hit) !== 'denied' && !/^(?:will|to) be /.test(outline.folded.slice(Math.max(0, hit.start - 8))),
    );
}

function speaksOfPicture(work: Work, hit: Hit): boolean {
  const section = sentenceAt(work, hit.start)?.section;
  return section !== undefined && section !== 'indication' && section !== 'technique' && section !== 'comparison';
}

export function checkFollowUp(work: Work): void {
  const { data, outline } = work;
  const advice = data.cues.recommendation.all(outline.folded).filter((hit) => speaksOfPicture(work, hit));
  if (advice.length > 0) {
    report(work, 'follow-up-recommended', { severity: 'information', at: advice });
    return;
  }
  const open = [...positives(work.reading).values()].filter(
    ({ presence, nature, likelihood }) =>
      presence === 'uncertain' || nature === 'unspecified' || (nature === 'metastatic' && likelihood === 'possible'),
  );
  if (open.length > 0)
    report(work, 'follow-up-missing', {
      severity: 'information',
      at: open.flatMap(spansOf),
      sites: open.map(({ site }) => site),
    });
}
