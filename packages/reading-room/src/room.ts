import type { Pack, ReportReading } from '@radiolect/findings';
import type { Drafter, ReportChecker } from '@radiolect/reports';
import type { LanguageModels } from './language-models/language-models.ts';
import type { Models } from './reading/models.ts';
import type { Store } from './store/open-store.ts';

/** Everything that a use case works with. Made once by {@link openRoom}, passed to each use case as its first argument. */
export interface Room {
  readonly store: Store;
  readonly pack: Pack;
  readonly reader: { read(text: string): ReportReading };
  readonly drafter: Drafter;
  /** Of a pack with a `checks.json`. */
  readonly checker?: ReportChecker;
  readonly models: Models;
  readonly languageModels: LanguageModels;
}
