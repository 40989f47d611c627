// Writes docs/support.md: which of the public test files are decoded, beside pydicom with GDCM.
//
//   npx tsx scripts/support-table.ts            (material at RADIOLECT_MATERIAL, default ../shared; 3 s)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compareWithReference,
  dicomReference,
  type FileComparison,
  isSame,
} from '../packages/dicom/src/node/reference-comparison.ts';
import { reasonsForOtherValues, reasonsForRefusal } from '../packages/dicom/src/node/reference-reasons.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = join(process.env.RADIOLECT_MATERIAL ?? join(root, '../shared'), 'data');
const reference = dicomReference.parse(JSON.parse(readFileSync(join(root, 'fixtures/dicom-reference.json'), 'utf8')));

const syntaxes: Record<string, string> = {
  '': 'none stated',
  '1.2.840.10008.1.2': 'Implicit little endian',
  '1.2.840.10008.1.2.1': 'Explicit little endian',
  '1.2.840.10008.1.2.1.99': 'Deflated explicit little endian',
  '1.2.840.10008.1.2.2': 'Explicit big endian',
  '1.2.840.10008.1.2.4.50': 'JPEG baseline, 8 bits',
  '1.2.840.10008.1.2.4.51': 'JPEG extended, 8 and 12 bits',
  '1.2.840.10008.1.2.4.53': 'JPEG spectral selection (retired)',
  '1.2.840.10008.1.2.4.55': 'JPEG full progression (retired)',
  '1.2.840.10008.1.2.4.57': 'JPEG lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG lossless, first-order prediction',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS near-lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.201': 'HTJ2K lossless',
  '1.2.840.10008.1.2.4.203': 'HTJ2K',
  '1.2.840.10008.1.2.5': 'RLE',
  '1.2.840.10008.1.2.8.1': 'Deflated image frames',
};

const comparisons: FileComparison[] = [];
for (const [path, entry] of Object.entries(reference.files))
  comparisons.push(await compareWithReference(data, path, entry));

const inReference = comparisons.filter(({ reference: entry }) => entry.values);
const fileName = (path: string): string => path.split('/').at(-1) ?? path;
const rows = [...new Set(comparisons.map(({ reference: entry }) => entry.transferSyntax ?? ''))].sort().map((uid) => {
  const all = comparisons.filter(({ reference: entry }) => (entry.transferSyntax ?? '') === uid);
  const known = all.filter(({ reference: entry }) => entry.values);
  const exact = known.filter(({ difference }) => difference === 0).length;
  const rounded = known.filter((comparison) => isSame(comparison) && comparison.difference !== 0).length;
  const others = all.filter(({ reference: entry, decoded }) => !entry.values && decoded).length;
  return `| ${syntaxes[uid] ?? uid} | ${known.length} | ${exact} | ${rounded} | ${known.length - exact - rounded} | ${others} |`;
});
const different = inReference.filter((comparison) => !isSame(comparison));
const onlyHere = comparisons.filter(({ reference: entry, decoded }) => !entry.values && decoded);
const neither = comparisons.filter(({ reference: entry, decoded }) => !entry.values && !decoded);
const reasonOf = (table: Record<string, string>, path: string): string => {
  const reason = table[fileName(path)];
  if (!reason) throw new Error(`${path} has no stated reason: add one to reference-reasons.ts`);
  return reason;
};
const same = inReference.length - different.length;
const share = ((same / inReference.length) * 100).toFixed(1);

writeFileSync(
  join(root, 'docs/support.md'),
  `# Files that can be read

Written by \`npx tsx scripts/support-table.ts\`; a test repeats the comparison where the material is at hand.

Compared with ${reference.decoder} on the public test files of pydicom, cornerstone3D, dcmjs and highdicom (NM, SC, CR, DX,
CT, MR, US, SEG, RT dose and others): of the ${inReference.length} files with pixels that the reference decodes,
**${same} (${share} %) give the same values**. "Same" is every stored value of the first three frames and the last, by hash;
frames that are lossy or YBR may differ by one step of rounding and are compared at 1,000 evenly spaced values and the mean.

| transfer syntax | decoded by the reference | same, exactly | same, within 1 | other | decoded here only |
|---|---|---|---|---|---|
${rows.join('\n')}

## Every file that is not the same

| file | reason |
|---|---|
${different.map(({ path }) => `| \`${fileName(path)}\` | ${reasonOf(reasonsForOtherValues, path)} |`).join('\n')}

## Decoded here, not by the reference

${onlyHere.map(({ path }) => `\`${fileName(path)}\``).join(', ')}. Their values are not checked against another decoder, save
the \`liver_*\` files, which a test holds against \`liver.dcm\`.

## Refused by both

| file | reason |
|---|---|
${neither.map(({ path }) => `| \`${fileName(path)}\` | ${reasonOf(reasonsForRefusal, path)} |`).join('\n')}

## Pictures

PNG with 1, 2, 4, 8 or 16 bits (grey, colour, palette, with or without alpha) and JPEG with 8 bits: one whole-body view, two
side by side, or two stacked. Greys that were exported dark on bright are turned over. A picture becomes a study of modality
NM without patient data; files of one folder that differ only in the view word (\`7_ant.png\`, \`7_post.png\`) share a study.

## The view of a picture

Where no code, private tag, description or file name tells the view, the picture does, if it can. On 24 synthetic studies
that the classifier had not seen (48 pictures): alone 34 right, 13 unsure, 1 wrong; the two views of a study against each
other 23 right, 1 unsure, none wrong. On the one real scan at hand (\`JPEG-LL.dcm\`, anterior) it says unsure, so a person is
asked. It was set on 24 other synthetic studies and on the mean count profiles of 111 real scans; nothing more is known of
how it does on real ones.

## Decisions

- "AP" is read as anterior and "PA" as posterior, as exporters of bone scans use them.
- Values of a frame: rescale applied, MONOCHROME1 mirrored within its stored bits, colour and palette as luminance, so that
  larger is always brighter; the stored values stay available.
- Signed values are extended from their stored bits (PS3.5 8.1.1), whatever lies above.
- The first of two files with the same SOP Instance UID counts, the second is refused as a duplicate.
- A file without UIDs gets UIDs from its content, so that the same file is always the same object.
- De-identified copies: of several permitted actions the gentlest that keeps the object valid; birth dates move with all other
  dates; a single-frame copy whose view only its description told keeps the word ANTERIOR or POSTERIOR there; pixels are
  never touched, so burned-in text stays.

## Not read

Video (MPEG, HEVC), JPIP, 64-bit integers, segmented palettes (indices are handed out), files above 1 GiB, deflated data sets
above 512 MiB and pictures above 64 million pixels (limits that a caller can raise). 12-bit JPEG takes the slow decoder of last
resort (some 50 ms a frame), which writes notices to stderr.
`,
);
process.stdout.write(`${same} of ${inReference.length} the same (${share} %), ${onlyHere.length} decoded here only\n`);
