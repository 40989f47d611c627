import type { Pack } from '@radiolect/findings';
import { readingAnswerSchema } from '../language-model/reading-answer.ts';
import { readingOfAnswer } from '../language-model/reading-of-answer.ts';
import { readingExampleSchema } from '../language-model/reading-prompt.ts';
import { readingVocabulary } from '../language-model/reading-vocabulary.ts';
import type { PackProblems } from './pack-problem.ts';

const file = 'reading-example.json';

/** The example that language models are shown must pass what their answers must pass. */
export function checkReadingExample(pack: Pack, problems: PackProblems): void {
  const text = pack.files.get(file);
  if (text === undefined) return;
  const example = readingExampleSchema.safeParse(JSON.parse(text));
  if (!example.success) {
    problems.form(file, example.error.issues);
    return;
  }
  const vocabulary = readingVocabulary(pack);
  const answer = readingAnswerSchema(vocabulary).safeParse(example.data.answer);
  if (!answer.success) {
    problems.form(file, answer.error.issues);
    return;
  }
  for (const problem of readingOfAnswer(example.data.report, answer.data, vocabulary, 'example').problems)
    problems.error(file, 'reading-example', problem, 'quote the report letter by letter, and keep the rules');
  if (!pack.files.has('guideline.md'))
    problems.warn(file, 'guideline', 'stands without a guideline.md', 'write down by which rules a report is read');
}
