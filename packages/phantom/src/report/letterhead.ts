/** What the text of one report needs beside its plan. */
export interface Letterhead {
  readonly accessionNumber: string;
  readonly activityMegabecquerels: number;
  readonly uptakeHours: number;
  /** Share of paired sites that are named without their side. */
  readonly losesSide: number;
}
