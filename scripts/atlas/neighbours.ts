/** Pairs that touch, besides the spine's and the ribs' own order. "-x" stands for either side, the same in both. */
const pairs: readonly (readonly [string, string])[] = [
  ['calvarium', 'skull-base'],
  ['calvarium', 'facial-bones'],
  ['skull-base', 'facial-bones'],
  ['skull-base', 'mandible'],
  ['facial-bones', 'mandible'],
  ['skull-base', 'c1'],
  ['l5', 'sacrum'],
  ['manubrium', 'sternal-body'],
  ['manubrium', 'clavicle-x'],
  ['manubrium', 'rib-1-x'],
  ['manubrium', 'rib-2-x'],
  ['sternal-body', 'rib-2-x'],
  ['sternal-body', 'rib-3-x'],
  ['sternal-body', 'rib-4-x'],
  ['sternal-body', 'rib-5-x'],
  ['sternal-body', 'rib-6-x'],
  ['sternal-body', 'rib-7-x'],
  ['clavicle-x', 'shoulder-x'],
  ['clavicle-x', 'scapula-x'],
  ['scapula-x', 'shoulder-x'],
  ['shoulder-x', 'humerus-x'],
  ['humerus-x', 'elbow-x'],
  ['elbow-x', 'forearm-x'],
  ['forearm-x', 'wrist-x'],
  ['wrist-x', 'hand-x'],
  ['sacrum', 'sacroiliac-joint-x'],
  ['sacroiliac-joint-x', 'ilium-x'],
  ['ilium-x', 'acetabulum-x'],
  ['acetabulum-x', 'ischium-x'],
  ['acetabulum-x', 'pubis-x'],
  ['ischium-x', 'pubis-x'],
  ['pubis-right', 'pubis-left'],
  ['acetabulum-x', 'femur-x'],
  ['femur-x', 'knee-x'],
  ['knee-x', 'leg-x'],
  ['leg-x', 'ankle-x'],
  ['ankle-x', 'foot-x'],
];

const spine = [
  ...Array.from({ length: 7 }, (_, i) => `c${i + 1}`),
  ...Array.from({ length: 12 }, (_, i) => `t${i + 1}`),
  ...Array.from({ length: 5 }, (_, i) => `l${i + 1}`),
];

/** For each site those that touch it, in the order of `ids`. Adjacent ribs count as touching: a muscle joins them. */
export function neighboursOf(ids: readonly string[]): Record<string, string[]> {
  const touching = new Map(ids.map((id) => [id, new Set<string>()]));
  const join = (a: string, b: string): void => {
    const [ofA, ofB] = [touching.get(a), touching.get(b)];
    if (!ofA || !ofB) throw new Error(`neighbours: ${a} or ${b} is no site`);
    ofA.add(b);
    ofB.add(a);
  };
  spine.slice(1).forEach((level, i) => {
    join(spine[i]!, level);
  });
  for (const side of ['right', 'left']) {
    for (let n = 1; n <= 12; n++) {
      join(`rib-${n}-${side}`, `t${n}`);
      if (n > 1) join(`rib-${n}-${side}`, `rib-${n - 1}-${side}`);
      // The heads of ribs 2 to 10 reach the vertebra above as well.
      if (n > 1 && n < 11) join(`rib-${n}-${side}`, `t${n - 1}`);
    }
    for (const [a, b] of pairs) join(a.replace('-x', `-${side}`), b.replace('-x', `-${side}`));
  }
  return Object.fromEntries(ids.map((id) => [id, ids.filter((other) => touching.get(id)!.has(other))]));
}
