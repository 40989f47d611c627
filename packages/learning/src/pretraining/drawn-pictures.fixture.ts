import type { LabelState } from '@radiolect/findings';
import type { PictureExample, PictureSource } from '../pictures/picture-source.ts';
import { normal, randomStream } from '../random.ts';
import type { Statement } from './statement.ts';

// For tests. Two views of 16 × 8 pixels that show the same of six spots, in noise; each spot is a label.

export const picture = [16, 8] as const;
const cells = picture[0] * picture[1];
const spots = [
  [3, 2],
  [3, 5],
  [8, 3],
  [8, 6],
  [12, 1],
  [12, 5],
] as const;

export function drawnPictures(train: number, validation: number): PictureSource {
  const example = (index: number): PictureExample => {
    const random = randomStream(41, index);
    return {
      key: `case-${index}`,
      patientKey: `patient-${index}`,
      states: spots.map((): LabelState => (random() < 0.4 ? 'present' : 'absent')),
    };
  };
  const of = (count: number, from: number): PictureExample[] =>
    Array.from({ length: count }, (_, index) => example(from + index));
  return {
    outputs: spots.map((_, index) => `spot-${index}`),
    views: 2,
    picture,
    mirror: spots.map((_, index) => index),
    examples: { train: of(train, 0), validation: of(validation, train), test: [] },
    dataKey: `drawn ${train} ${validation}`,
    async show({ key, states }, target, seen, random) {
      const own = randomStream(42, Number(key.slice(5)));
      const gain = random ? 0.8 + 0.4 * random() : 1;
      for (let view = 0; view < 2; view++) {
        const into = target.subarray(view * cells, (view + 1) * cells);
        for (let cell = 0; cell < cells; cell++)
          into[cell] = gain * (0.3 + 0.1 * normal(own) + (random ? 0.1 * normal(random) : 0));
        states.forEach((state, spot) => {
          const [row, column] = spots[spot]!;
          if (state !== 'present') return;
          for (const [r, c] of [
            [0, 0],
            [1, 0],
            [0, 1],
            [1, 1],
          ] as const)
            into[(row + r) * 8 + column + c]! += gain * 2;
        });
      }
      seen.fill(1);
      return { mirrored: false };
    },
  };
}

const names = ['top left', 'top right', 'middle', 'side', 'low left', '下方'] as const;

/** What a report of a drawn case says: a statement for each spot that is there, and one for the first that is not. */
export function drawnStatements({ states }: PictureExample): Statement[] {
  const of = (spot: number, state: LabelState): Record<string, LabelState> => ({ [`spot-${spot}`]: state });
  const missing = states.indexOf('absent');
  return [
    ...states.flatMap((state, spot) =>
      state === 'present' ? [{ text: `A bright spot is seen ${names[spot]!}.`, sites: of(spot, state) }] : [],
    ),
    ...(missing < 0 ? [] : [{ text: `Nothing ${names[missing]!}.`, sites: of(missing, 'absent') }]),
  ];
}
