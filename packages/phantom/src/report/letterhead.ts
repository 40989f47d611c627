import type { Habits } from './habits.ts';

/** What the text of one report needs beside its plan. */
export interface Letterhead {
  readonly accessionNumber: string;
  readonly activityMegabecquerels: number;
  readonly uptakeHours: number;
  readonly habits: Habits;
}
