import type { RandomStream } from '../random-stream.ts';

/** How common words of reports come out when they are typed in haste. */
const slips: readonly (readonly [word: RegExp, ...typed: string[]])[] = [
  [/uptake/, 'uptkae', 'uptke', 'utpake'],
  [/increased/, 'incresed', 'increasd', 'inceased'],
  [/degenerative/, 'degenrative', 'degenerataive', 'degenertive'],
  [/metastases/, 'metastses', 'metastasees'],
  [/metastasis/, 'metastsis', 'metatasis'],
  [/bilateral/, 'bilatral', 'bilaterla'],
  [/abnormal/, 'abnoraml', 'abnromal'],
  [/activity/, 'acitvity', 'actvity'],
  [/fracture/, 'fractrue', 'fracure'],
  [/arthritis/, 'arthrits', 'artritis'],
  [/clavicle/, 'clavical'],
  [/sacroiliac/, 'sacroilliac', 'sacro-iliac'],
  [/acetabulum/, 'acetablum'],
  [/shoulder/, 'shouler', 'sholder'],
  [/osseous/, 'ossous'],
  [/skeleton/, 'skelton'],
  [/髂骨/, '骼骨'],
  [/坐骨/, '座骨'],
  [/浓聚/, '浓集'],
];

/** The words with typing errors, each word that has one at `rate`. Numbers and sides are never touched. */
export function mistyped(words: string, rate: number, random: RandomStream): string {
  let typed = words;
  for (const [word, ...wrong] of slips)
    if (word.test(typed) && random.chance(rate)) typed = typed.replace(word, random.pick(wrong));
  return typed;
}
