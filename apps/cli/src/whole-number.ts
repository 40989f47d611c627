import { InvalidArgumentError } from 'commander';

/** Parses an option that is a whole number, written in digits, from `least` on. */
export const wholeNumberFrom =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`must be a whole number, ${least} or more`);
    return value;
  };
