import type { PhantomBody, PhantomPhysiology, PhantomScanner } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';

/** Everything of a case but its lesions and distractors, spread as real scans are. */
export interface Surroundings {
  readonly body: PhantomBody;
  readonly scanner: PhantomScanner;
  readonly physiology: PhantomPhysiology;
}

/** Draws a patient, a camera and normal tracer. What is given of the patient is kept. */
export function sampleSurroundings(
  random: RandomStream,
  known: Partial<Pick<PhantomBody, 'sex' | 'age'>> = {},
): Surroundings {
  return {
    body: sampleBody(random.child('body'), known),
    scanner: sampleScanner(random.child('scanner')),
    physiology: samplePhysiology(random.child('physiology')),
  };
}

function sampleBody(random: RandomStream, known: Partial<Pick<PhantomBody, 'sex' | 'age'>>): PhantomBody {
  const sex = known.sex ?? random.pick(['female', 'male'] as const);
  const age = known.age ?? Math.round(random.normalWithin(63, 14, 20, 92));
  const build = random.normalWithin(1, 0.075, 0.86, 1.2);
  const both = (draw: () => number) => ({ right: draw(), left: draw() });
  const spread = random.normalWithin(4, 9, -10, 35);
  const footTurn = random.normalWithin(12, 9, -5, 35);
  return {
    sex,
    age,
    heightCm: random.normalWithin(sex === 'male' ? 169 : 161, 11.5, 142, 194),
    build,
    stoutness: random.normalWithin(1 + 1.6 * (build - 1), 0.14, 0.65, 1.7),
    lean: random.normalWithin(0, 0.9, -3, 3),
    headTilt: random.normalWithin(0, 4.5, -14, 14),
    headTurn: random.normalWithin(0, 6, -20, 20),
    scoliosis: random.normalWithin(0, age > 60 ? 6 : 3, -18, 18),
    armSpread: both(() => random.normalWithin(spread, 5, -12, 45)),
    shoulderRaise: both(() => random.normalWithin(0, 5, -10, 14)),
    legSpread: random.normalWithin(15, 22, -15, 80),
    // One foot in ten lies turned far out.
    footTurn: both(() => (random.chance(0.1) ? random.between(30, 55) : random.normalWithin(footTurn, 6, -8, 40))),
    shift: {
      x: random.normalWithin(0, 7, -22, 22),
      y: Math.min(45, Math.max(-14, -8 + Math.abs(random.normal(0, 17)))),
    },
  };
}

function sampleScanner(random: RandomStream): PhantomScanner {
  return {
    // Mostly 1 to 2.5 million, as whole-body protocols ask for.
    counts: Math.min(4e6, Math.max(0.7e6, 1.7e6 * Math.exp(random.normal(0, 0.42)))),
    anteriorShare: random.normalWithin(0.5, 0.015, 0.45, 0.55),
    resolutionMm: random.normalWithin(7.6, 0.6, 6, 9.6),
    gapMm: { anterior: random.between(5, 50), posterior: random.between(0, 20) },
    tilt: random.normalWithin(0, 0.025, -0.08, 0.08),
  };
}

function samplePhysiology(random: RandomStream): PhantomPhysiology {
  const around = (sd: number): number => Math.exp(random.normal(0, sd));
  const kidneys = around(0.4);
  return {
    softTissue: around(0.2),
    // One kidney in thirty is missing or silent.
    kidneys: {
      right: random.chance(0.03) ? 0.05 : kidneys * around(0.15),
      left: random.chance(0.03) ? 0.05 : kidneys * around(0.15),
    },
    bladder: around(0.75),
    bladderSize: Math.min(2, Math.max(0.4, around(0.32))),
    thyroid: around(0.5),
    joints: around(0.35),
    boneVariation: 0.14,
  };
}
