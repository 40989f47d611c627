import type { Change, Intensity } from '@radiolect/findings';
import { intensities } from '@radiolect/findings';
import type { PhantomLesion } from '../phantom-case.ts';
import type { RandomStream } from '../random-stream.ts';
import { LesionList } from './lesion-list.ts';
import { addMetastases } from './metastases.ts';

/** The lesions of a later visit with what became of each since the visit before. */
export interface FollowUp {
  readonly lesions: readonly PhantomLesion[];
  /** By lesion id. */
  readonly changes: Readonly<Record<string, Change>>;
  /** Sites whose lesion has gone. */
  readonly resolved: readonly string[];
}

type Course = 'progression' | 'response' | 'mixed' | 'stable';
const outcomes: Readonly<Record<Course, Readonly<Partial<Record<Change, number>>>>> = {
  progression: { increased: 5, stable: 4, decreased: 0.4 },
  response: { decreased: 5, resolved: 2, stable: 3 },
  mixed: { increased: 2.5, stable: 3, decreased: 3, resolved: 1 },
  stable: { stable: 8, increased: 0.5, decreased: 0.5 },
};

/** Ages the lesions by some months: a course for the metastases, healing for fractures, wear that stays. */
export function followUp(before: readonly PhantomLesion[], visit: number, random: RandomStream): FollowUp {
  const course = random.weighted<Course>({ progression: 4, response: 3, mixed: 3, stable: 3 });
  const full = before.filter((lesion) => lesion.shape === 'diffuse').length > 40;
  const changes: Record<string, Change> = {};
  const kept: PhantomLesion[] = [];
  const resolved: string[] = [];
  for (const lesion of before) {
    const change = full ? 'stable' : outcomeOf(lesion, course, random);
    if (change === 'resolved') resolved.push(lesion.site);
    else {
      kept.push({ ...lesion, intensity: shifted(lesion.intensity, change) });
      changes[lesion.id] = change;
    }
  }
  const list = new LesionList(kept, `v${visit}-`);
  const cancer = before.some((lesion) => lesion.nature === 'metastatic');
  if (!full && cancer && (course === 'progression' || course === 'mixed'))
    addMetastases(list, course === 'mixed' ? random.integer(1, 3) : random.integer(1, 8), random);
  for (const lesion of list.lesions) changes[lesion.id] ??= 'new';
  return { lesions: list.lesions, changes, resolved: resolved.filter((site) => !list.has(site)) };
}

function outcomeOf({ nature, shape }: PhantomLesion, course: Course, random: RandomStream): Change {
  if (nature === 'metastatic' || nature === 'malignant-other') return random.weighted(outcomes[course]) as Change;
  if (nature === 'traumatic') return random.weighted<Change>({ decreased: 5, resolved: 4, stable: 1 });
  if (nature === 'inflammatory') return random.weighted<Change>({ decreased: 3, resolved: 1, stable: 4 });
  if (shape === 'prosthesis' || nature === 'metabolic') return 'stable';
  return random.weighted<Change>({ stable: 9, increased: 0.6, decreased: 0.4 });
}

function shifted(intensity: Intensity, change: Change): Intensity {
  const step = change === 'increased' ? 1 : change === 'decreased' ? -1 : 0;
  return intensities[Math.min(3, Math.max(0, intensities.indexOf(intensity) + step))]!;
}
