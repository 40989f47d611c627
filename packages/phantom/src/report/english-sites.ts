import type { Aspect, Pattern } from './perception.ts';
import { runsOf } from './site-runs.ts';
import type { Writer } from './writer.ts';

// Names of sites in English reports, each with the plural that follows "both".

type Name = readonly [one: string, many: string];
const plain: Readonly<Record<string, readonly Name[]>> = {
  clavicle: [['clavicle', 'clavicles']],
  scapula: [['scapula', 'scapulae']],
  shoulder: [
    ['shoulder', 'shoulders'],
    ['humeral head', 'humeral heads'],
  ],
  humerus: [
    ['humerus', 'humeri'],
    ['proximal humerus', 'proximal humeri'],
    ['humeral shaft', 'humeral shafts'],
  ],
  elbow: [['elbow', 'elbows']],
  forearm: [
    ['forearm', 'forearms'],
    ['distal radius', 'distal radii'],
    ['ulna', 'ulnae'],
  ],
  wrist: [['wrist', 'wrists']],
  hand: [['hand', 'hands']],
  'sacroiliac-joint': [
    ['sacroiliac joint', 'sacroiliac joints'],
    ['SI joint', 'SI joints'],
  ],
  ilium: [
    ['ilium', 'ilia'],
    ['iliac bone', 'iliac bones'],
    ['iliac wing', 'iliac wings'],
    ['iliac crest', 'iliac crests'],
  ],
  acetabulum: [['acetabulum', 'acetabula']],
  ischium: [['ischium', 'ischia']],
  pubis: [
    ['pubis', 'pubic bones'],
    ['pubic bone', 'pubic bones'],
    ['superior pubic ramus', 'superior pubic rami'],
  ],
  femur: [
    ['femur', 'femora'],
    ['proximal femur', 'proximal femora'],
    ['femoral shaft', 'femoral shafts'],
  ],
  knee: [['knee', 'knees']],
  leg: [
    ['tibia', 'tibiae'],
    ['proximal tibia', 'proximal tibiae'],
  ],
  ankle: [['ankle', 'ankles']],
  foot: [
    ['foot', 'feet'],
    ['calcaneus', 'calcanei'],
  ],
};
const worn: Readonly<Record<string, readonly Name[]>> = {
  shoulder: [
    ['shoulder', 'shoulders'],
    ['acromioclavicular joint', 'acromioclavicular joints'],
    ['glenohumeral joint', 'glenohumeral joints'],
  ],
  acetabulum: [
    ['hip', 'hips'],
    ['hip joint', 'hip joints'],
  ],
  hand: [
    ['hand', 'hands'],
    ['first carpometacarpal joint', 'first carpometacarpal joints'],
  ],
  foot: [
    ['foot', 'feet'],
    ['first MTP joint', 'first MTP joints'],
    ['midfoot', 'midfoot joints'],
  ],
  knee: [
    ['knee', 'knees'],
    ['knee joint', 'knee joints'],
  ],
  clavicle: [['distal clavicle', 'distal clavicles']],
};
const midline: Readonly<Record<string, readonly string[]>> = {
  calvarium: [
    'the calvarium',
    'the skull vault',
    'the frontal bone',
    'the left parietal bone',
    'the right parietal bone',
  ],
  'skull-base': ['the skull base', 'the base of the skull'],
  'facial-bones': ['the facial bones', 'the maxilla'],
  mandible: ['the mandible'],
  sacrum: ['the sacrum'],
  manubrium: ['the manubrium', 'the sternal manubrium'],
  'sternal-body': ['the sternal body', 'the body of the sternum'],
};

/** How one writer names places. */
export interface EnglishNaming {
  /** Between the ends of a range. */
  readonly dash: '-' | '–' | ' to ';
  readonly ribs: 'ordinal' | 'number';
  readonly right: string;
  readonly left: string;
  readonly both: string;
  readonly article: boolean;
  readonly lastComma: boolean;
  readonly shortest: number;
  /** Words after vertebrae: "L4 spine", "the L4 vertebral body"; empty for most. */
  readonly vertebra: string;
  /** The stretch of the ribs of this list, and whether the writer puts it before the side. */
  readonly aspect?: Aspect;
  readonly aspectFirst: boolean;
}

/** The list of sites as a writer names it: "T4, L3–L5, the right 4th–7th ribs and both knees". */
export function englishSites(
  sites: readonly string[],
  pattern: Pattern,
  naming: EnglishNaming,
  writer: Writer,
): string {
  const runs = runsOf(sites, naming.shortest);
  const the = naming.article ? 'the ' : '';
  const nameOf = (bone: string): Name => {
    const names = pattern === 'joint' || pattern === 'implant' ? (worn[bone] ?? plain[bone]) : plain[bone];
    return writer.random.chance(0.6) ? names![0]! : writer.random.pick(names!);
  };
  const items: string[] = [];
  const sternum = runs.midline.includes('manubrium') && runs.midline.includes('sternal-body');
  for (const site of runs.midline) {
    if (sternum && site === 'sternal-body') continue;
    const name = sternum && site === 'manubrium' ? 'the entire sternum' : writer.random.pick(midline[site]!);
    items.push(naming.article ? name : name.replace(/^the /, ''));
  }
  // "the T8 vertebral body", "T8 spine": only where there is but one.
  const alone = runs.vertebrae.length === 1 && runs.vertebrae[0]!.length === 1 && naming.vertebra !== '';
  for (const run of runs.vertebrae)
    items.push(alone ? `${the}${vertebraRun(run, naming)}${naming.vertebra}` : vertebraRun(run, naming));
  for (const { side, runs: numbers } of runs.ribs) items.push(ribRun(side, numbers, naming, the));
  for (const side of ['right', 'left'] as const) {
    const bones = runs.single[side].map((bone) => nameOf(bone)[0]);
    // A side carries through the list: "the right shoulder and knee".
    if (bones.length > 1 && writer.random.chance(0.6)) items.push(`${the}${naming[side]} ${joined(bones, naming)}`);
    else items.push(...bones.map((bone) => `${the}${naming[side]} ${bone}`));
  }
  const pairs = runs.pairs.map((bone) => nameOf(bone)[1]);
  if (pairs.length > 1 && writer.random.chance(0.5)) items.push(`${naming.both} ${joined(pairs, naming)}`);
  else items.push(...pairs.map((bone) => `${naming.both} ${bone}`));
  return joined(items, naming);
}

function vertebraRun(run: readonly string[], { dash }: EnglishNaming): string {
  const first = run[0]!.toUpperCase();
  const last = run.at(-1)!.toUpperCase();
  if (run.length === 1) return first;
  return dash === '-' && first[0] === last[0] && run.length > 2
    ? `${first}-${last.slice(1)}`
    : `${first}${dash}${last}`;
}

function ribRun(
  side: 'right' | 'left' | 'both',
  runs: readonly (readonly number[])[],
  naming: EnglishNaming,
  the: string,
): string {
  const named = side === 'both' ? 'bilateral' : naming[side];
  const plural = runs.flat().length > 1 || side === 'both' ? 'ribs' : 'rib';
  const end = (number: number) => (naming.ribs === 'ordinal' ? ordinal(number) : String(number));
  const spans = runs.map((run) =>
    run.length === 1 ? end(run[0]!) : `${end(run[0]!)}${naming.dash}${end(run.at(-1)!)}`,
  );
  const list = joined(spans, { ...naming, lastComma: false });
  const aspect = naming.aspect ? `${naming.aspect} ` : '';
  const placed = naming.aspectFirst ? `${aspect}${named} ` : `${named} ${aspect}`;
  const article = side === 'both' ? '' : the;
  return naming.ribs === 'ordinal' ? `${article}${placed}${list} ${plural}` : `${placed}${plural} ${list}`;
}

export function ordinal(number: number): string {
  return `${number}${number === 1 ? 'st' : number === 2 ? 'nd' : number === 3 ? 'rd' : 'th'}`;
}

export function joined(
  items: readonly string[],
  { lastComma }: Pick<EnglishNaming, 'lastComma'>,
  word = 'and',
): string {
  if (items.length < 3) return items.join(` ${word} `);
  return `${items.slice(0, -1).join(', ')}${lastComma ? ',' : ''} ${word} ${items.at(-1)}`;
}
