/** Encodings in which hospital systems of Taiwan, mainland China and the rest export reports. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'big5' | 'gb18030';

// Characters that reports are full of. Bytes of the one encoding read as the other give rare characters instead, so
// the share of these among all Chinese characters tells the two apart even in a single short report.
const common = new Set(
  '的一是在不有人中大上個为為这這与與及於于和或之無无未見见其餘余右左雙双側侧第至骨描掃扫攝摄取增加高異异常處处' +
    '肋椎腰胸頸颈骶髂關关節节轉转移疑似考慮虑可能病變变退化行性放射濃浓聚分布均勻匀顯显示部位全身影像檢检查報报告' +
    '診诊斷断印象結结論论請请建議议追蹤踪較较前次核素顱颅股肩膝踝足腎肾膀胱輕轻度中強强微弱多發发局灶符合狀状態态，。、；：（）',
);

/**
 * Decodes a report file. A byte order mark decides; else strict UTF-8; else Big5 or GB18030, whichever reads more like a
 * report. Throws a RangeError where the bytes are none of these (a binary file).
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decode(bytes, 'utf-16le'), encoding: 'utf-16le' };
  if (first === 0xfe && second === 0xff) return { text: decode(bytes, 'utf-16be'), encoding: 'utf-16be' };
  const sample = bytes.subarray(0, 4096);
  if (sample.filter((byte) => byte === 0).length > sample.length / 20) throw new RangeError('not a text file');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    const readings = (['big5', 'gb18030'] as const).map((encoding) => {
      const text = decode(bytes, encoding);
      return { text, encoding, likeness: likeness(text) };
    });
    const [big5, gb18030] = readings as [(typeof readings)[0], (typeof readings)[0]];
    const best = gb18030.likeness > big5.likeness ? gb18030 : big5;
    if (best.likeness <= 0) throw new RangeError('not UTF-8, Big5 or GB18030 text');
    return { text: best.text, encoding: best.encoding };
  }
}

const decode = (bytes: Uint8Array, encoding: TextEncoding): string => new TextDecoder(encoding).decode(bytes);

/** Share of common report characters among all beyond ASCII, less five times the share that could not be decoded. */
function likeness(text: string): number {
  let beyondAscii = 0;
  let known = 0;
  let broken = 0;
  for (const character of text) {
    if (character < '\u0080') continue;
    beyondAscii++;
    if (common.has(character)) known++;
    if (character === '\ufffd') broken++;
  }
  return beyondAscii === 0 ? 0 : (known - 5 * broken) / beyondAscii;
}
