import type { Instance, Series, Study } from './study.ts';

/** One instance with what its file says of its study and series. */
export interface InstanceRecord {
  readonly instance: Instance;
  readonly study: Omit<Study, 'series'>;
  readonly series: Omit<Series, 'instances'>;
}

const byNumber = (a: { number?: number; uid: string }, b: { number?: number; uid: string }): number =>
  (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER) || (a.uid < b.uid ? -1 : 1);

/**
 * Puts instances together into studies, in the order in which the studies were first seen; series and instances in the
 * order of their numbers. What one file leaves out of the study's attributes is filled from its other files.
 */
export function assembleStudies(records: Iterable<InstanceRecord>): Study[] {
  const studies = new Map<
    string,
    { study: Omit<Study, 'series'>; series: Map<string, { series: Omit<Series, 'instances'>; instances: Instance[] }> }
  >();
  for (const record of records) {
    const known = studies.get(record.study.uid);
    const entry = known ?? { study: record.study, series: new Map() };
    if (known)
      known.study = { ...record.study, ...known.study, patient: { ...record.study.patient, ...known.study.patient } };
    else studies.set(record.study.uid, entry);
    const series = entry.series.get(record.series.uid);
    if (series) series.instances.push(record.instance);
    else entry.series.set(record.series.uid, { series: record.series, instances: [record.instance] });
  }
  return [...studies.values()].map(({ study, series }) => ({
    ...study,
    series: [...series.values()]
      .map((entry) => ({ ...entry.series, instances: entry.instances.sort(byNumber) }))
      .sort(byNumber),
  }));
}
