import * as phrases from './chinese-phrases.ts';
import type { Script } from './chinese-sites.ts';
import type { Statement } from './plan.ts';
import type { Writer } from './writer.ts';

/** The clause that follows a finding and gives its cause, comma included. */
export function causeClause(statement: Statement, script: Script, writer: Writer): string {
  const nouns = phrases.chineseCauses(statement, script);
  if (!nouns) return writer.pick('undetermined', phrases.undetermined[script]);
  const noun = writer.pick(`noun ${statement.nature} ${nouns.length}`, nouns);
  return writer
    .pick(`clause ${statement.likelihood}`, phrases.causeClauses[script][statement.likelihood])
    .replace('{n}', noun);
}
