// How much of planted identities de-identification removes, and how much else: `npx tsx scripts/deidentification-figures.ts`.
// Sets of invented names and forms: packages/evaluation/src/planted-identities. Each report of the fixture is planted
// five times per set; intervals are 95 % bootstrap intervals over reports.
import { measureSet, setNames } from '../tests/planted-identities/measure-removal.ts';

const percent = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${(value * 100).toFixed(2)} % (${(low * 100).toFixed(2)}–${(high * 100).toFixed(2)})`;

for (const name of setNames) {
  const figures = await measureSet(name, { rounds: 5 });
  process.stdout.write(
    `${name} set: ${figures.reports} reports, ${figures.identifyingCharacters} identifying and ${figures.otherCharacters} other characters\n` +
      `  removed ${percent(figures.removed)}, of others ${percent(figures.overRemoved)}\n`,
  );
  for (const [language, row] of Object.entries(figures.byLanguage))
    process.stdout.write(
      `  ${language}: ${row.reports} reports, removed ${percent(row.removed)}, of others ${percent(row.overRemoved)}\n`,
    );
  for (const [kind, row] of Object.entries(figures.byKind))
    process.stdout.write(`  ${kind}: ${row.characters} characters, removed ${percent(row.removed)}\n`);
}
