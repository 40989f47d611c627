/** One training of a sweep: a setting, a seed, a part held out. */
export interface ClusterTask {
  readonly index: number;
  /** For a person: "seed 2, part 1 of 5, optimizer.learningRate 0.001". */
  readonly name: string;
  /** What is compared: tasks of one setting differ in seed and part alone. */
  readonly setting: string;
  /** Settings of the recipe by path, as `radiolect train --set` takes them. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly fold?: { readonly fold: number; readonly folds: number };
  /** The run folder, inside the job folder. */
  readonly run: string;
}

export interface SweepPlan {
  readonly seeds?: readonly number[];
  readonly folds?: number;
  /** By setting, the values it takes; every combination is trained. */
  readonly sweep: Readonly<Record<string, readonly string[]>>;
}

/** Every combination of settings, seeds and parts, seeds innermost. */
export function clusterTasks({ seeds, folds, sweep }: SweepPlan): ClusterTask[] {
  const settings = Object.entries(sweep).reduce<Record<string, string>[]>(
    (known, [key, values]) => known.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
  const parts = folds === undefined ? [undefined] : Array.from({ length: folds }, (_, fold) => ({ fold, folds }));
  const tasks: ClusterTask[] = [];
  for (const chosen of settings) {
    const setting = Object.entries(chosen)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ');
    for (const fold of parts)
      for (const seed of seeds ?? [undefined]) {
        const index = tasks.length;
        const names = [
          ...(seed === undefined ? [] : [`seed ${seed}`]),
          ...(fold ? [`part ${fold.fold + 1} of ${fold.folds}`] : []),
          ...(setting === '' ? [] : [setting]),
        ];
        tasks.push({
          index,
          name: names.join(', ') || 'the recipe as it stands',
          setting: setting || 'the recipe as it stands',
          overrides: { ...chosen, ...(seed === undefined ? {} : { seed: String(seed) }) },
          ...(fold ? { fold } : {}),
          run: `runs/${String(index).padStart(3, '0')}`,
        });
      }
  }
  return tasks;
}
