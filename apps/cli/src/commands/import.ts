import type { ImportResult } from '@radiolect/reading-room';
import { importArchive, type parseColumns, readUnread } from '@radiolect/reading-room';
import { Command } from 'commander';
import type { GlobalOptions } from '../main.ts';
import { progressLine } from '../progress-line.ts';
import { reportColumnsOption } from '../report-columns-option.ts';
import { interruption, withRoom } from '../surroundings.ts';

interface ImportCommandOptions extends GlobalOptions {
  readonly columns?: ReturnType<typeof parseColumns>;
  readonly modality?: readonly string[];
  readonly copy?: boolean;
  readonly pseudonymise?: boolean;
  readonly read: boolean;
  readonly json?: boolean;
}

export const importCommand = new Command('import')
  .description('Brings studies (DICOM, PNG, JPEG) and reports (CSV, XLSX, TXT, JSONL) into the data folder.')
  .argument('<path...>', 'files or folders; originals stay where they are')
  .option('--columns <map>', 'which column of a report table holds what; remembered', reportColumnsOption)
  .option('--modality <names>', 'modalities to take in beside NM, OT and SC, separated by commas', modalityList)
  .option('--copy', 'keep copies of the originals in the data folder')
  .option('--pseudonymise', 'replace patient and accession numbers by keyed pseudonyms, leave names out')
  .option('--no-read', 'do not read the new studies with the model in use')
  .option('--json', 'print the summary as JSON')
  .addHelpText(
    'after',
    `
Reports join their studies by accession number. Same patient and a close date is only proposed: confirm it in the
reading room. Importing the same files again changes nothing. What cannot be taken in is named with the reason, and the
rest goes on; the exit code is then 1.

Examples:
  radiolect import phantoms
  radiolect import /archive/2023 reports.csv --columns "text=Report,accession=AccNo,patient=MRN,date=Exam Date"
  radiolect import /archive reports-big5.txt --pseudonymise --data ./project`,
  )
  .action(async (paths: string[], _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<ImportCommandOptions>();
    const result = await runImport(paths, options);
    process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : summaryText(result));
    if (result.refusals.length > 0 || result.state !== 'done') process.exitCode = 1;
  });

async function runImport(paths: readonly string[], options: ImportCommandOptions): Promise<ImportResult> {
  const { columns, modality, copy, pseudonymise, read } = options;
  const line = progressLine();
  const signal = interruption();
  return await withRoom(options, async (room) => {
    const result = await importArchive(room, {
      paths,
      columns,
      modalities: modality,
      copy: copy ?? false,
      pseudonymise: pseudonymise ?? false,
      signal,
      onProgress: ({ stage, done, total }) => line.show(stage, done, total),
      onRefusal: ({ file, row, rule, fix }) =>
        line.say(`refused: ${file}${row === undefined ? '' : `, row ${row}`}: ${rule}; ${fix}`),
    });
    if (read && !signal.aborted)
      await readUnread(room, { signal, onProgress: (done, total) => line.show('reading', done, total) });
    line.end();
    return result;
  });
}

export function summaryText({ counts, refusals, state }: ImportResult): string {
  const lines = [
    `studies   ${counts.studiesAdded} new, ${counts.studiesKnown} known`,
    `reports   ${counts.reportsAdded} new (${counts.addenda} addenda), ${counts.reportsKnown} known`,
    `matched   ${counts.byAccession} by accession number, ${counts.proposedByDate} proposed for you to confirm`,
    `without   ${counts.unmatchedStudies} studies without report, ${counts.unmatchedReports} reports without study`,
    `refused   ${refusals.length}`,
  ];
  if (counts.notUnderstood > 0)
    lines.push(
      `unread    ${counts.notUnderstood} reports hold no statement that the reader understands: is it their language?`,
    );
  if (state !== 'done') lines.push('stopped before the end: run the same import again to go on');
  return `${lines.join('\n')}\n`;
}

function modalityList(text: string): string[] {
  return text.split(',').map((name) => name.trim().toUpperCase());
}
