import type { EnglishTone } from './english-causes.ts';
import { causeNoun } from './english-causes.ts';
import type { EnglishNaming } from './english-sites.ts';
import { englishSites } from './english-sites.ts';
import type { ReportPlan, Statement } from './plan.ts';
import { causeOf } from './plan.ts';
import type { Scribe } from './scribe.ts';
import { otherSideOf } from './wavering.ts';
import type { Writer } from './writer.ts';

interface Line {
  readonly words: string;
  readonly sites: readonly string[];
  readonly of?: Statement;
  /** The side that the findings do not name, where the impression contradicts them. */
  readonly otherSide?: string;
}

const heads: Readonly<Record<EnglishTone, readonly string[]>> = {
  long: ['IMPRESSION:', 'Impression:', 'CONCLUSION:'],
  terse: ['Imp:', 'IMPRESSION:', 'Conclusion:'],
  taiwan: ['Impression:', 'Imp:', 'IMP:'],
};

/** Writes the impression: the metastases as a whole, the other causes, the answer to the question. */
export function englishImpression(
  plan: ReportPlan,
  tone: EnglishTone,
  naming: EnglishNaming,
  contradictsSide: number,
  scribe: Scribe,
  writer: Writer,
): void {
  const lines = linesOf(plan, tone, naming, contradictsSide, writer);
  if (lines.length === 0) return;
  scribe.say(`\n${tone === 'long' ? '\n' : ''}${writer.pick('impression', heads[tone])}`);
  const numbered = lines.length > 1 && writer.always('numbered impression', 0.6);
  lines.forEach((line, index) => {
    scribe.say(numbered ? `\n${index + 1}. ` : index === 0 && tone === 'long' ? '\n' : ' ');
    const { words, sites, of, otherSide } = line;
    if (!of) scribe.say(words);
    else if (otherSide)
      scribe.contradict(words, sites[0]!, otherSide, {
        ...causeOf(of),
        ...(of.nature === 'unspecified' ? { uptake: of.uptake } : {}),
      });
    else scribe.conclude(words, sites, causeOf(of));
  });
}

function linesOf(
  plan: ReportPlan,
  tone: EnglishTone,
  naming: EnglishNaming,
  contradictsSide: number,
  writer: Writer,
): Line[] {
  const lines: Line[] = [];
  const say = (words: string) => lines.push({ words, sites: [] });
  const long = tone === 'long';
  if (plan.fullSkeleton) {
    const { kind, likelihood } = plan.fullSkeleton;
    const noun =
      kind === 'metabolic'
        ? 'metabolic bone disease'
        : long
          ? 'diffuse osseous metastatic disease'
          : 'diffuse bone mets';
    const words = {
      definite: `Superscan due to ${noun}.`,
      probable: `Superscan, consistent with ${noun}.`,
      possible: `Superscan, possibly due to ${noun}.`,
    };
    say(words[likelihood]);
  }
  const summedMetastases = plan.summedUp.some(({ nature }) => nature === 'metastatic');
  const metastatic = plan.statements.filter(
    ({ nature, presence }) => nature === 'metastatic' && presence === 'present',
  );
  const course = courseOf(metastatic, plan);
  if (metastatic.length > 0 || summedMetastases) {
    const sites = metastatic.flatMap((statement) => statement.sites);
    const many = sites.length > 1 || summedMetastases;
    const likelihood = plan.metastases!;
    const noun = long ? (many ? 'osseous metastases' : 'osseous metastasis') : many ? 'bone mets' : 'bone met';
    const Noun = `${many ? 'Multiple ' : 'Solitary '}${noun}`;
    const words = {
      definite: [`${Noun}${course}.`, long ? `Osseous metastatic disease${course}.` : `${Noun}${course}.`],
      probable: [
        `${long ? 'Findings consistent with' : 'C/w'} ${noun}${course}.`,
        `${long ? 'Skeletal lesions are most consistent with' : 'Favor'} ${noun}${course}.`,
      ],
      possible: [
        `${long ? 'Findings suspicious for' : 'R/o'} ${noun}${course}${long ? '; further imaging is recommended' : ', suggest MRI'}.`,
        `${long ? `Possible ${noun}` : `Possible ${noun}`}${course}.`,
      ],
    }[likelihood];
    lines.push({
      words: writer.pick(`mets ${likelihood}`, words),
      sites,
      ...(metastatic[0] ? { of: { ...metastatic[0], likelihood } } : {}),
    });
  }
  const others = plan.statements.filter(({ nature, presence }) => nature !== 'metastatic' && presence === 'present');
  if (plan.causes === 'impression')
    for (const statement of others) {
      const other = otherSideOf(statement, plan, contradictsSide, writer);
      lines.push(named(statement, other, tone, naming, writer));
    }
  else if (long || writer.always('repeats', 0.5))
    for (const statement of others.slice(0, 3)) {
      const line = restated(statement, writer);
      if (line && !lines.some(({ words }) => words === line.words)) lines.push(line);
    }
  if (
    plan.statements.some(({ presence }) => presence === 'uncertain') &&
    (long || writer.always('equivocal line', 0.5))
  )
    say(
      long
        ? 'Equivocal finding as described; correlation with CT or MRI is suggested.'
        : 'Equivocal finding, suggest f/u.',
    );
  if (plan.impression === 'normal' && plan.close.kind === 'all')
    say(
      writer.pick(
        'normal',
        long ? ['Normal bone scan.', 'Normal whole-body bone scan.'] : ['Normal bone scan.', 'Negative bone scan.'],
      ),
    );
  if (
    plan.visit.clinical.primary &&
    !plan.fullSkeleton &&
    plan.impression !== 'metastatic' &&
    plan.impression !== 'equivocal'
  )
    say(
      writer.pick(
        'no mets',
        long
          ? ['No scintigraphic evidence of osseous metastatic disease.', 'No evidence of bone metastasis.']
          : tone === 'terse'
            ? ['No evidence of mets.', 'No mets.']
            : ['No evidence of bone mets.', 'No definite evidence of bone metastasis.'],
      ),
    );
  return lines;
}

/** A statement of the findings with its sites again, and the cause that was not said there. */
function named(
  statement: Statement,
  otherSide: string | undefined,
  tone: EnglishTone,
  naming: EnglishNaming,
  writer: Writer,
): Line {
  const names = englishSites(otherSide ? [otherSide] : statement.sites, statement.pattern, naming, writer);
  const noun = causeNoun(statement, tone, writer);
  const likely = { definite: '', probable: tone === 'long' ? 'Probable ' : 'Prob ', possible: 'Possible ' }[
    statement.likelihood
  ];
  const bare = noun?.replace(/^(a|an|the) /, '');
  const words =
    bare === undefined
      ? `Uptake in ${names}, ${tone === 'long' ? 'of undetermined etiology' : 'nature undetermined'}.`
      : `${likely}${likely ? bare : bare.charAt(0).toUpperCase() + bare.slice(1)} ${tone === 'terse' ? '' : 'in '}${names}.`;
  return { words, sites: statement.sites, of: statement, ...(otherSide ? { otherSide } : {}) };
}

/** A summary line that repeats a cause with the certainty it was given, and no site. */
function restated({ nature, likelihood, sites }: Statement, writer: Writer): Line | undefined {
  const sure = { definite: '', probable: 'Probable ', possible: 'Possible ' }[likelihood];
  const words = {
    degenerative: 'degenerative changes as described',
    traumatic: 'fractures as described',
    inflammatory: 'inflammatory changes as described',
  };
  const text = words[nature as keyof typeof words];
  if (!text || (nature === 'traumatic' && sites.length < 2) || !writer.always(`restates ${nature}`, 0.7))
    return undefined;
  const line = `${sure}${text}`;
  return { words: `${line.charAt(0).toUpperCase()}${line.slice(1)}.`, sites: [] };
}

function courseOf(metastatic: readonly Statement[], plan: ReportPlan): string {
  const seen = new Set(
    [...metastatic, ...plan.statements.filter(({ presence }) => presence === 'absent')].flatMap(
      ({ change }) => change ?? [],
    ),
  );
  const worse = seen.has('new') || seen.has('increased');
  const better = seen.has('decreased') || seen.has('resolved');
  if (worse && better) return ', mixed response';
  if (worse) return ', progression';
  if (better) return ', improving';
  return seen.has('stable') ? ', stable' : '';
}
