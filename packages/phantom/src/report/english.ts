import { allSites, axialSites, bothSides, pelvisSites } from '../sampling/site-groups.ts';
import type { EnglishTone } from './english-causes.ts';
import { causeClause, causeNoun } from './english-causes.ts';
import { englishHeader } from './english-header.ts';
import { englishImpression } from './english-impression.ts';
import * as phrases from './english-phrases.ts';
import type { EnglishNaming } from './english-sites.ts';
import { englishSites, joined, ordinal } from './english-sites.ts';
import type { Letterhead } from './letterhead.ts';
import type { ReportPlan, Statement } from './plan.ts';
import { causeOf, physiologicSites, regionSites } from './plan.ts';
import type { Stated, WrittenReport } from './scribe.ts';
import { Scribe } from './scribe.ts';
import { capital, fill } from './slots.ts';
import { mistyped } from './typing-errors.ts';
import { waveringSite } from './wavering.ts';
import type { Writer } from './writer.ts';

export function englishNaming(tone: EnglishTone, writer: Writer): EnglishNaming {
  const long = tone === 'long';
  const short = writer.pick('sides', [
    ['right', 'left'],
    ['rt', 'lt'],
    ['R', 'L'],
    ['Rt', 'Lt'],
  ] as const);
  const formosan = writer.pick('sides', [
    ['Rt', 'Lt'],
    ['right', 'left'],
    ['Rt.', 'Lt.'],
    ["R't", "L't"],
  ] as const);
  const [right, left] = long ? (['right', 'left'] as const) : tone === 'terse' ? short : formosan;
  return {
    dash: writer.pick('dash', long ? ['–', '-', ' to '] : ['-', '-', '–']),
    ribs: writer.always('rib numbers', long ? 0.3 : 0.25) ? 'number' : 'ordinal',
    right,
    left,
    both: writer.pick(
      'both',
      long
        ? ['both', 'bilateral', 'both']
        : tone === 'terse'
          ? ['both', 'bilateral', 'bilat']
          : ['bil.', 'bilateral', 'both', 'bil'],
    ),
    article: long || (tone === 'taiwan' && writer.always('article', 0.5)),
    lastComma: writer.always('last comma', 0.4),
    shortest: writer.always('short runs', 0.4) ? 2 : 3,
    vertebra: tone === 'terse' ? '' : writer.always('vertebra', 0.3) ? (long ? ' vertebral body' : ' spine') : '',
    aspectFirst: writer.always('aspect first', 0.4),
  };
}

/** Writes the report in English; `tone` is the house. */
export function writeEnglish(plan: ReportPlan, tone: EnglishTone, head: Letterhead, writer: Writer): WrittenReport {
  const scribe = new Scribe();
  const long = tone === 'long';
  const naming = englishNaming(tone, writer);
  englishHeader(plan, tone, naming, head, scribe, writer);
  scribe.say(findingsHeading(tone, writer));
  const sentences = findings(plan, tone, naming, head, scribe, writer);
  const separate = long
    ? ' '
    : tone === 'taiwan' && writer.always('numbered', 0.55)
      ? undefined
      : writer.pick('separator', [' ', '\n']);
  sentences.forEach((write, index) => {
    if (separate === undefined) scribe.say(`${index === 0 ? '' : '\n'}${index + 1}. `);
    else if (index > 0) scribe.say(separate);
    write();
  });
  englishImpression(plan, tone, naming, head.habits.contradictsSide, scribe, writer);
  return scribe.finish();
}

function findingsHeading(tone: EnglishTone, writer: Writer): string {
  if (tone === 'long') return writer.always('capital headings', 0.6) ? 'FINDINGS:\n' : 'Findings: ';
  return writer.pick(
    'findings heading',
    tone === 'terse' ? ['Findings: ', '', 'F: '] : ['Findings:\n', 'The scan shows:\n', ''],
  );
}

/** The sentences of the findings section, each written when it is called. */
function findings(
  plan: ReportPlan,
  tone: EnglishTone,
  naming: EnglishNaming,
  head: Letterhead,
  scribe: Scribe,
  writer: Writer,
): (() => void)[] {
  const sentences: (() => void)[] = [];
  if (plan.fullSkeleton) sentences.push(() => fullSkeleton(plan, tone, scribe, writer));
  for (const summed of plan.summedUp) sentences.push(() => summary(summed, plan, tone, scribe, writer));
  for (const statement of plan.statements)
    for (const part of split(statement, writer))
      sentences.push(() => sentence(part, plan, tone, naming, head, scribe, writer));
  const extra = extraosseous(plan, tone, writer);
  if (plan.coldOnCt) {
    const site = plan.coldOnCt;
    sentences.push(() => {
      const names = englishSites([site], 'focus', naming, writer);
      const words = capital(fill(writer.pick('cold on ct', phrases.coldOnCtPhrases[tone]), { sites: names }));
      scribe.state(words, [site], { state: 'absent' }, names);
    });
  }
  for (const name of plan.physiologic)
    sentences.push(() =>
      scribe.state(writer.pick(name, phrases.physiologicPhrases[name][tone]), physiologicSites[name], {
        state: 'absent',
      }),
    );
  const leakage = plan.visit.phantomCase.distractors.find(
    (each) => each.kind === 'injection-leakage' && each.where === 'hand',
  );
  if (
    leakage &&
    'side' in leakage &&
    !plan.statements.some(({ sites }) => sites.includes(`hand-${leakage.side}`)) &&
    writer.random.chance(0.25)
  )
    sentences.push(() => {
      scribe.exempt([`hand-${leakage.side}`]);
      scribe.say(
        writer.pick('obscured', [
          `The ${leakage.side} hand is obscured by tracer extravasation.`,
          `The ${leakage.side} hand is not evaluated because of extravasated tracer.`,
        ]),
      );
    });
  if (plan.close.kind === 'regions') {
    const { regions } = plan.close;
    sentences.push(() => {
      const names = regions.map((region) => writer.pick(region, phrases.regionNames[region]));
      const list = joined(naming.article ? names : names.map((name) => name.replace(/^the /, '')), naming);
      const words = fill(writer.pick('regions', phrases.regionNegatives[tone]), { regions: list });
      scribe.state(
        words,
        regions.flatMap((region) => regionSites[region]),
        { state: 'absent' },
      );
    });
  }
  if (plan.close.kind === 'all') {
    const empty = plan.statements.length === 0 && plan.summedUp.length === 0;
    sentences.push(() =>
      scribe.close(writer.pick('closing', empty ? phrases.normalPhrases[tone] : phrases.closingPhrases[tone])),
    );
  }
  for (const words of extra) sentences.push(() => scribe.say(words));
  return sentences;
}

/** A region told without its sites: it labels none of them, and no negative reaches them. */
function summary(
  summed: ReportPlan['summedUp'][number],
  plan: ReportPlan,
  tone: EnglishTone,
  scribe: Scribe,
  writer: Writer,
): void {
  const { region, side, nature } = summed;
  scribe.exempt(regionSites[region].filter((site) => !side || site.endsWith(side)));
  if (nature === 'degenerative' && region !== 'ribs') {
    const stretch = writer.pick(`stretch ${region}`, phrases.spineStretches[region][tone]);
    const noun = causeNoun({ ...asStatement(summed), pattern: 'spine-wear' }, tone, writer) ?? '';
    const template = writer.pick('spine wear', phrases.spineWearPhrases[tone]);
    scribe.say(capital(fill(template, { stretch, N: capital(noun) })));
    return;
  }
  if (region === 'cervical-spine') return;
  const many = writer.pick(`many ${region}`, phrases.manyOf[region]).replace('{side}', side ? `${side} ` : '');
  const cause = plan.causes === 'findings' ? causeClause(asStatement(summed), tone, writer) : '';
  scribe.say(capital(fill(writer.pick('summed up', phrases.summedUpPhrases[tone]), { many, cause })));
}

function asStatement({ nature, likelihood }: ReportPlan['summedUp'][number]): Statement {
  return { sites: ['', ''], presence: 'present', pattern: 'focus', nature, likelihood, uptake: 'increased' };
}

/** A long list is told in parts: spine and skull, chest, the rest. */
function split(statement: Statement, writer: Writer): Statement[] {
  if (statement.sites.length < 9 || writer.always('one list', 0.3)) return [statement];
  const part = (test: (site: string) => boolean) => statement.sites.filter(test);
  const chest = (site: string) => /^(rib-|manu|stern|clav|scap|should|humer)/.test(site);
  const spine = (site: string) => /^([ctl]\d|calv|skull|facial|mandible)/.test(site);
  return [part(spine), part(chest), part((site) => !spine(site) && !chest(site))]
    .filter((sites) => sites.length > 0)
    .map((sites) => ({ ...statement, sites }));
}

function sentence(
  statement: Statement,
  plan: ReportPlan,
  tone: EnglishTone,
  naming: EnglishNaming,
  head: Letterhead,
  scribe: Scribe,
  writer: Writer,
) {
  const { presence, pattern, change, nature, likelihood, uptake } = statement;
  const causeHere = plan.causes === 'findings';
  const place = placeOf(statement, causeHere, plan, naming, head, writer);
  const say = (template: string, stated: Stated, cause = '') => {
    const typed = (words: string) => mistyped(words, head.habits.typos, writer.random);
    const names = typed(place.names);
    const words = capital(
      fill(typed(withIntensity(template, statement, tone, writer)), {
        sites: names,
        cause: typed(cause),
        show: place.sites.length > 1 || place.sites[0] === 'facial-bones' ? 'show' : 'shows',
      }),
    );
    scribe.exempt(place.exempt);
    if (place.sites.length === 0) scribe.say(words);
    else
      scribe.state(
        words,
        place.sites,
        place.wavering ? { ...stated, state: 'uncertain' } : stated,
        words.includes(names) ? names : capital(names),
      );
  };
  if (presence === 'absent')
    return say(writer.pick('resolved', phrases.resolvedPhrases[tone]), { state: 'absent', change: 'resolved' });
  if (presence === 'uncertain') {
    const kind = writer.random.chance(0.7) ? 'uptake' : 'lesion';
    const template = writer.pick(`uncertain ${kind}`, phrases.uncertainPhrases[kind][tone]);
    return say(template, {
      state: 'uncertain',
      ...(kind === 'uptake' ? { uptake: 'increased' } : {}),
      ...(statement.intensity && template.includes('{i}') ? { intensity: statement.intensity } : {}),
    });
  }
  const stated: Stated = {
    state: 'present',
    ...(causeHere ? causeOf(statement) : {}),
    ...(change && change !== 'resolved' ? { change } : {}),
  };
  if (
    causeHere &&
    !change &&
    likelihood === 'definite' &&
    (pattern === 'joint' || pattern === 'spine-wear') &&
    nature === 'degenerative' &&
    writer.random.chance(tone === 'long' ? 0.15 : 0.4)
  ) {
    const noun = causeNoun(statement, tone, writer)!;
    return say(fill(writer.pick('diagnosis', phrases.diagnosisPhrases[tone]), { n: noun, N: capital(noun) }), stated);
  }
  const template = writer.pick(
    `present ${change ?? pattern}`,
    change && change !== 'resolved' && uptake === 'increased'
      ? phrases.changePhrases[change][tone]
      : (phrases.patternPhrases[pattern] ?? { [tone]: phrases.presentPhrases[tone] })[tone]!,
  );
  const changed = uptake === 'increased' ? stated : { ...stated };
  if (uptake === 'decreased') delete (changed as { change?: unknown }).change;
  return say(
    template,
    {
      ...changed,
      uptake,
      ...(statement.intensity && /\{[iI]\}/.test(template) ? { intensity: statement.intensity } : {}),
    },
    causeHere ? causeClause(statement, tone, writer) : '',
  );
}

interface Place {
  readonly names: string;
  /** None where the text loses the side, and so says nothing of a site. */
  readonly sites: readonly string[];
  readonly exempt: readonly string[];
  readonly wavering: boolean;
}

/** The words for where a statement lies; now and then without the side, or with two levels to choose from. */
function placeOf(
  statement: Statement,
  causeHere: boolean,
  plan: ReportPlan,
  naming: EnglishNaming,
  head: Letterhead,
  writer: Writer,
): Place {
  const { sites, presence, pattern } = statement;
  const { aspect } = statement;
  const named = aspect && writer.random.chance(0.35) ? { ...naming, aspect } : naming;
  const names = englishSites(sites, pattern, named, writer);
  const [only] = sites;
  const plain = { names, sites, exempt: [], wavering: false };
  if (!causeHere || sites.length !== 1 || presence !== 'present') return plain;
  if (/^(knee|shoulder|ankle|elbow|wrist)-/.test(only!) && writer.random.chance(head.habits.losesSide)) {
    const bone = only!.replace(/-(right|left)$/, '');
    return { names: bone, sites: [], exempt: bothSides(bone), wavering: false };
  }
  const second = waveringSite(statement, plan, head.habits.wavers, writer);
  if (!second) return plain;
  const rib = /^rib-(\d+)-(right|left)$/.exec(only!);
  const both = rib
    ? `${naming.article ? 'the ' : ''}${naming[rib[2] as 'right' | 'left']} ${ordinal(Number(rib[1]))} or ${ordinal(Number(rib[1]) + 1)} rib`
    : `${only!.toUpperCase()} or ${second.toUpperCase()}`;
  return { names: both, sites: [only!, second], exempt: [], wavering: true };
}

/** Fills the slot of the intensity; adverbs only before "increased". */
function withIntensity(template: string, { intensity }: Statement, tone: EnglishTone, writer: Writer): string {
  const words = intensity ? phrases.intensityWords[tone][intensity] : [''];
  const adverbial = /\{[iI]\}increased/.test(template);
  const word = writer.pick(`intensity ${intensity}`, adverbial ? words : words.filter((each) => !each.endsWith('ly ')));
  return template.replace('{i}', word).replace('{I}', capital(word));
}

function fullSkeleton(plan: ReportPlan, tone: EnglishTone, scribe: Scribe, writer: Writer): void {
  const { kind, likelihood } = plan.fullSkeleton!;
  const intense = writer.random.chance(0.5);
  const stated: Stated = {
    state: 'present',
    uptake: 'increased',
    nature: kind,
    likelihood,
    ...(intense ? { intensity: 'intense' } : {}),
  };
  if (kind === 'metabolic') {
    const words = writer.pick('metabolic', [
      'Diffusely increased uptake throughout the entire axial and appendicular skeleton.',
      'There is diffuse increased tracer uptake in the entire axial and appendicular skeleton.',
    ]);
    scribe.state(words, allSites, { state: 'present', uptake: 'increased', nature: kind, likelihood });
    return;
  }
  const limbs = writer.pick('limbs', [
    'both proximal humeri and femora',
    'the proximal humeri and proximal femora',
    '',
  ]);
  const words = `${capital(`${intense ? 'intense, ' : ''}diffusely increased uptake throughout the entire axial skeleton and the pelvis${limbs ? `, and in ${limbs}` : ''}`)}.`;
  const sites = [...axialSites, ...(limbs ? ['humerus', 'femur'].flatMap(bothSides) : [])];
  scribe.state(
    tone === 'long' ? `There is ${words[0]!.toLowerCase()}${words.slice(1)}` : words,
    [...new Set([...sites, ...pelvisSites])],
    stated,
  );
}

function extraosseous(plan: ReportPlan, tone: EnglishTone, writer: Writer): string[] {
  const said: string[] = [];
  const long = tone === 'long';
  for (const distractor of plan.visit.phantomCase.distractors) {
    if (!writer.random.chance(long ? 0.7 : 0.4)) continue;
    if (distractor.kind === 'urine-contamination')
      said.push(
        long
          ? `Activity projecting over the ${distractor.where === 'thigh' ? `medial ${distractor.side} thigh` : 'groin'} is due to urine contamination.`
          : 'Urine contamination noted.',
      );
    if (distractor.kind === 'injection-leakage')
      said.push(
        long
          ? `Tracer extravasation is present at the injection site in the ${distractor.side} arm.`
          : `Injection site extravasation, ${distractor.side} arm.`,
      );
    if (distractor.kind === 'breast-uptake') said.push('Soft tissue uptake in the breasts.');
  }
  if (plan.fullSkeleton && writer.random.chance(0.7))
    said.push(long ? 'The kidneys are not visualized.' : 'Kidneys not seen.');
  else if (writer.always('kidneys', long ? 0.6 : 0.3) && writer.random.chance(0.8))
    said.push(
      writer.pick(
        'kidneys',
        long
          ? [
              'Both kidneys and the bladder are visualized.',
              'Physiologic activity is seen in the kidneys and urinary bladder.',
            ]
          : ['Kidneys and bladder OK.', 'Kidneys visualized.'],
      ),
    );
  return said;
}
