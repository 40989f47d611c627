import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CdeSet, Pack } from '@radiolect/findings';
import { readCdeSet, readPack, shippedPacks } from '@radiolect/findings/node';
import { cdeSetsOfPack, createStructurer, lintStructured, synopticPage } from '@radiolect/reports';
import { structuredObservations } from '@radiolect/reports/exchange';
import { Command } from 'commander';
import type { GlobalOptions } from '../main.ts';

interface StructureOptions extends GlobalOptions {
  readonly set: string;
  readonly out?: string;
  readonly html?: string;
  readonly fhir?: boolean;
  readonly confirmed?: boolean;
  readonly derivedFrom?: string;
}

export const structure = new Command('structure')
  .description('Reads a report into the elements of a CDE set, each value with the words it rests on.')
  .argument('<report.txt>', 'the report as text; "-" for standard input')
  .requiredOption('--set <id|file>', 'a set of a pack (RDES26, RLES1, RLES2), or the file of a set or finding model')
  .option('--out <structured.json>', 'where to write; without it, to standard output')
  .option('--html <page.html>', 'also write a page with every value beside its marked words')
  .option('--fhir', 'write FHIR R4 Observations with components instead')
  .option('--confirmed', 'with --fhir: a person has confirmed the values (status final, else preliminary)')
  .option('--derived-from <reference>', 'with --fhir: what was read, for example DiagnosticReport/123')
  .addHelpText(
    'after',
    `
An element that the report contradicts gets a conflict and no value; what no element takes is listed as unmapped. A set
without rules in a pack is read by its own words: its name, synonyms and the names of its values.

Examples:
  radiolect structure report.txt --set RDES26
  radiolect structure report.txt --set RDES26 --html report.html --out report.json
  radiolect structure scan.txt --pack bone-scan --set RLES1
  radiolect structure report.txt --set models/pneumothorax.fm.json --fhir`,
  )
  .action(async (path: string, _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<StructureOptions>();
    const { pack, set } = await setNamed(options);
    const text = path === '-' ? await standardInput() : await readFile(path, 'utf8');
    const structurer = createStructurer(pack, set);
    const structured = structurer.structure(text);
    if (structurer.by === 'template')
      process.stderr.write(`note: no pack has rules for ${set.id}; it is read by its own names\n`);
    for (const { code, element } of lintStructured(structured, set, text, structurer))
      process.stderr.write(`to look at: ${element ?? set.id}, ${code}\n`);
    const result = options.fhir
      ? structuredObservations(structured, set, {
          confirmed: options.confirmed === true,
          ...(options.derivedFrom !== undefined ? { derivedFrom: [options.derivedFrom] } : undefined),
        })
      : structured;
    const json = `${JSON.stringify(result, null, 2)}\n`;
    if (options.out === undefined) process.stdout.write(json);
    else await writeFile(resolve(options.out), json);
    if (options.html !== undefined) await writeFile(resolve(options.html), synopticPage(structured, text, set));
  });

/** The set that was asked for: from a file, from the pack that was named, or from any shipped pack. */
async function setNamed({ set: name, pack }: StructureOptions): Promise<{ pack: Pack; set: CdeSet }> {
  const named = await readPack(pack);
  const shipped = [...new Set(await shippedPacks())];
  if (/[\\/]|\.json$/.test(name)) {
    const { set, problems } = await readCdeSet(name);
    for (const { path, message } of problems) process.stderr.write(`${set.id}, ${path}: ${message}\n`);
    // A pack that has rules for the set knows its words better than the set itself.
    for (const candidate of shipped) {
      const owner = await readPack(candidate);
      if (cdeSetsOfPack(owner).some(({ id }) => id === set.id)) return { pack: owner, set };
    }
    return { pack: named, set };
  }
  const known: string[] = [];
  for (const candidate of [named, ...(await Promise.all(shipped.map((shippedName) => readPack(shippedName))))]) {
    for (const set of cdeSetsOfPack(candidate)) {
      if (set.id.toLowerCase() === name.toLowerCase()) return { pack: candidate, set };
      known.push(set.id);
    }
  }
  throw new Error(`there is no set "${name}"; packs carry ${[...new Set(known)].sort().join(', ')}, or give a file`);
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
