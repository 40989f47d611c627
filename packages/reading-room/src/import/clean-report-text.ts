const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The text of a report as the store keeps it: line ends as "\n", control characters as spaces (PostgreSQL holds no NUL),
 * and the markup that some reporting systems export taken out.
 */
export function cleanReportText(text: string): string {
  const plain = /<\/?(?:html|body|p|br|div|span|table|tr|td|b|i|u|font|li|ul)\b[^>]*>/i.test(text)
    ? withoutMarkup(text)
    : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
  return plain.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, ' ');
}

function withoutMarkup(text: string): string {
  return text
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li)\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
      const code = Number(name.slice(1));
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
