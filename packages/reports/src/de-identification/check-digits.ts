/** Identity numbers that prove themselves: a number with a right check digit needs no word beside it. */
export const checkDigits = {
  /** Taiwan: national identity card and resident certificates (a letter, nine digits; old certificates two letters). */
  taiwan(value: string): boolean {
    const match = /^([A-Z])([1289A-D])(\d{8})$/.exec(value);
    if (!match) return false;
    const [, letter = '', second = '', rest = ''] = match;
    const code = letterCode(letter);
    const gender = /\d/.test(second) ? Number(second) : letterCode(second) % 10;
    const digits = [Math.floor(code / 10), code % 10, gender, ...[...rest].map(Number)];
    const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
    return digits.reduce((sum, digit, at) => sum + digit * weights[at]!, 0) % 10 === 0;
  },
  /** Mainland China: 18 characters, GB 11643-1999, check digit by ISO 7064 mod 11-2; the date of birth must be one. */
  mainland(value: string): boolean {
    const month = Number(value.slice(10, 12));
    const day = Number(value.slice(12, 14));
    if (!/^(?:18|19|20)$/.test(value.slice(6, 8)) || month < 1 || month > 12 || day < 1 || day > 31) return false;
    const sum = [...value.slice(0, 17)].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
    return '10X98765432'[sum % 11] === value[17]?.toUpperCase();
  },
  /** England and Wales: NHS number, ten digits, modulus 11. */
  nhs(value: string): boolean {
    const digits = value.replace(/\D/g, '');
    if (digits.length !== 10) return false;
    const sum = [...digits.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
    return (11 - (sum % 11)) % 11 === Number(digits[9]);
  },
} as const;

const letterCode = (letter: string): number => 10 + 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(letter);
