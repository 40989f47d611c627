import { Option } from 'commander';

/** What a command that reads with a model takes. */
export interface ModelOptions {
  readonly model?: readonly string[];
  readonly mirror?: boolean;
}

/** `--model`, as often as an ensemble has members. */
export const modelOption = (fallback: string): Option =>
  new Option(
    '--model <folder>',
    `a model or run folder (default: ${fallback}); given again, they read as one`,
  ).argParser((folder: string, before: readonly string[] | undefined) => [...(before ?? []), folder]);

export const mirrorOption = (): Option =>
  new Option('--mirror', 'read every study mirrored too, and take the mean: twice the time');
