import type { ReviewCounts, ReviewFilling } from '@radiolect/reading-room';
import { countReviewItems, fillReviewQueue } from '@radiolect/reading-room';
import { createLanguageModelReader } from '@radiolect/reports';
import { Command } from 'commander';
import { openNamedModel } from '../language-models.ts';
import type { GlobalOptions } from '../main.ts';
import { progressLine } from '../progress-line.ts';
import { interruption, withRoom } from '../surroundings.ts';

interface ReviewOptions extends GlobalOptions {
  readonly secondReader?: string;
  readonly json?: boolean;
}

export const review = new Command('review')
  .description('Reads the reports of the data folder twice and puts what differs on the review queue.')
  .option('--second-reader <name>', 'a language model of language-models.json, beside the rules')
  .option('--json', 'print the result as JSON')
  .addHelpText(
    'after',
    `
Every imported report is read by the rules and by the language model. A site that the two read differently becomes an
item of the review queue, where a person takes one of the readings or writes a third; datasets made from the archive
follow these decisions. Run again after an import: nothing is asked twice, settled items stay. Without --second-reader
the command only tells how full the queue is. The exit code is 1 where a report could not be read.

Examples:
  radiolect review --second-reader local-model
  radiolect review --json`,
  )
  .action(async (_options: unknown, command: Command) => {
    const options = command.optsWithGlobals<ReviewOptions>();
    const result = await runReview(options);
    process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : reviewText(result));
    if ((result.filled?.unread.length ?? 0) > 0) process.exitCode = 1;
  });

interface ReviewResult {
  readonly filled?: ReviewFilling;
  readonly queue: ReviewCounts;
}

async function runReview(options: ReviewOptions): Promise<ReviewResult> {
  const { secondReader } = options;
  return await withRoom(options, async (room) => {
    if (secondReader === undefined) return { queue: await countReviewItems(room) };
    const line = progressLine();
    const model = await openNamedModel(secondReader, options);
    try {
      const filled = await fillReviewQueue(room, createLanguageModelReader(model, room.pack), {
        signal: interruption(),
        onProgress: (done, total) => line.show('reports read twice:', done, total),
      });
      for (const { sourceId, rule, fix } of filled.unread)
        line.say(`report ${JSON.stringify(sourceId)}: ${rule}${fix ? `; ${fix}` : ''}`);
      return { filled, queue: await countReviewItems(room) };
    } finally {
      line.end();
      await model.close();
    }
  });
}

function reviewText({ filled, queue }: ReviewResult): string {
  const lines: string[] = [];
  if (filled) {
    const { inputTokens, outputTokens, seconds, cost } = filled.usage;
    lines.push(
      `reports   ${filled.reports} read twice, ${filled.abstained} of them without an answer of use`,
      `sites     ${filled.agreedSites} agreed, ${filled.disagreements} read differently`,
      `model     ${inputTokens} tokens in, ${outputTokens} out, ${seconds.toFixed(1)} s${cost === undefined ? '' : `, cost ${cost.toFixed(4)}`}`,
    );
  }
  const { open, presence, attributes, resolved, taken } = queue;
  lines.push(
    `queue     ${open} open (${presence} of presence, ${attributes} of attributes), ${resolved} settled`,
    `taken     ${taken.rules} as the rules read, ${taken.model} as the model, ${taken.own} otherwise`,
  );
  return `${lines.join('\n')}\n`;
}
