import { parseColumns } from '@radiolect/reading-room';
import { InvalidArgumentError } from 'commander';

/** The value of `--columns`; a malformed one is wrong usage. */
export function reportColumnsOption(argument: string): ReturnType<typeof parseColumns> {
  try {
    return parseColumns(argument);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
