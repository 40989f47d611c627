import type { CdeSet, Language, Pack } from '@radiolect/findings';
import { InvalidPackError, languages, parseCdeSet, parsePack } from '@radiolect/findings';
import type { ReportChecker, RuleReader } from '@radiolect/reports';
import { createReportChecker, createRuleReader, explain } from '@radiolect/reports';
import type { PackFiles } from '@radiolect/server/api';

/** Everything that a pack can do with a text, made in the browser from the pack's files. A part it lacks is left out. */
export interface Instruments {
  readonly name: string;
  /** Left out in a pack without positions: its reports are only laid out on elements. */
  readonly pack?: Pack;
  readonly reader?: RuleReader;
  readonly checker?: ReportChecker;
  readonly sets: readonly CdeSet[];
  /** Languages of the wording for patients. */
  readonly plain: readonly Language[];
  /** Reports of nobody, to try the page with. */
  readonly examples: readonly { readonly language: Language; readonly text: string }[];
  /** Why a part that the pack has files for cannot be used. */
  readonly problems: readonly string[];
}

/** Builds the instruments of a pack. Never throws: a broken file is named in `problems`, the rest works. */
export function instrumentsOf({ name, files: given }: PackFiles): Instruments {
  const files = new Map(Object.entries(given));
  const problems: string[] = [];
  const attempt = <T>(make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const positions = files.has('sites.json') || files.has('concepts.json');
  const pack = positions ? attempt(() => parsePack(name, files)) : undefined;
  // A pack may be there for its elements alone.
  const worded = [...files.keys()].some((file) => file.startsWith('lexicon/'));
  const reader = pack && worded ? attempt(() => createRuleReader(pack)) : undefined;
  const examples = languages.flatMap((language) => {
    const text = files.get(`examples/${language}.txt`);
    return text === undefined ? [] : [{ language, text }];
  });
  // The browser compiles a reader while it reads for the first time; so the first report is not the slow one.
  for (const { text } of examples) reader?.read(text);
  const checker = pack && reader && files.has('checks.json') && attempt(() => createReportChecker(pack, reader));
  const sets = [...files].flatMap(([file, text]) =>
    /^cde\/.+\.json$/.test(file) ? (attempt(() => parsedSet(name, file, text)) ?? []) : [],
  );
  return {
    name,
    ...(pack ? { pack } : {}),
    ...(reader ? { reader } : {}),
    ...(checker ? { checker } : {}),
    sets,
    plain: languages.filter(
      (language) =>
        pack?.kind === 'sites' &&
        files.has(`plain/${language}.json`) &&
        attempt(() => explain({ findings: [], language, pack })) !== undefined,
    ),
    examples,
    problems,
  };
}

function parsedSet(packName: string, file: string, text: string): CdeSet {
  try {
    return parseCdeSet(JSON.parse(text)).set;
  } catch (cause) {
    throw new InvalidPackError(packName, file, (cause as Error).message);
  }
}
