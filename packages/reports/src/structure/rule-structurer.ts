import type { CdeSet, StructuredReport } from '@radiolect/findings';
import type { AssertionReader } from '../assertion/assertion-reader.ts';
import { decide } from './decide.ts';
import { measurementsIn } from './measurements.ts';
import { readStatements } from './statements.ts';
import type { StructureRules } from './structure-rules.ts';

/** Reads reports into the elements of one set by rules. Never throws on any text. */
export function structureByRules(
  text: string,
  set: CdeSet,
  rules: StructureRules,
  assertions: AssertionReader,
): StructuredReport {
  const { sentences, mentions } = readStatements(text, rules, assertions);
  const measurements = sentences.flatMap((sentence) =>
    measurementsIn(
      sentence,
      mentions.filter((mention) => mention.sentence === sentence),
      rules,
    ),
  );
  return decide(text, set, rules, mentions, measurements);
}
