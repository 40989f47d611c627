/**
 * Lower case, half width and simplified characters (`characters`: traditional → simplified), one code unit for one, so
 * that offsets stay true. Indexed by code unit, 65,536 entries.
 */
export function foldTable(characters: Readonly<Record<string, string>>): Uint16Array {
  const fold = new Uint16Array(65536);
  for (let code = 0; code < 65536; code++) {
    const lower = String.fromCharCode(code).toLowerCase();
    fold[code] = lower.length === 1 ? lower.charCodeAt(0) : code;
    if (code >= 0xff01 && code <= 0xff5e) fold[code] = fold[code - 0xfee0]!;
    if (code < 32 && code !== 10 && code !== 13) fold[code] = 32;
  }
  for (const [from, to] of Object.entries({
    '‘': "'",
    '’': "'",
    '′': "'",
    '`': "'",
    '–': '-',
    '—': '-',
    '−': '-',
    '‑': '-',
    '‐': '-',
    '～': '~',
    '〜': '~',
    '、': '、',
    '【': '[',
    '】': ']',
    '〔': '(',
    '〕': ')',
    '“': '"',
    '”': '"',
    '\u00a0': ' ',
    '\u3000': ' ',
    '\u200b': ' ',
    '\ufeff': ' ',
    '｡': '。',
    '\u2028': '\n',
    '\u2029': '\n',
    '\u0085': '\n',
  }))
    fold[from.charCodeAt(0)] = to.charCodeAt(0);
  for (const [from, to] of Object.entries(characters)) fold[from.charCodeAt(0)] = to.charCodeAt(0);
  return fold;
}
