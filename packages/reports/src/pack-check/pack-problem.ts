import type { z } from 'zod';

/** A mistake in a pack, with the file, the rule that it breaks and what to do about it. */
export interface PackProblem {
  /** An error keeps the pack, or a part of it, from working; a warning is worth a look. */
  readonly severity: 'error' | 'warning';
  /** Path inside the pack. */
  readonly file: string;
  /** The rule's name, for example "unknown-position"; docs/packs.md lists them. */
  readonly rule: string;
  readonly problem: string;
  readonly fix: string;
}

/** Gathers problems: all of them, not only the first. */
export class PackProblems {
  readonly list: PackProblem[] = [];

  error(file: string, rule: string, problem: string, fix: string): void {
    this.list.push({ severity: 'error', file, rule, problem, fix });
  }

  warn(file: string, rule: string, problem: string, fix: string): void {
    this.list.push({ severity: 'warning', file, rule, problem, fix });
  }

  /** Every place where a file does not follow its form. */
  form(file: string, issues: readonly z.core.$ZodIssue[]): void {
    for (const issue of issues) {
      const place = issue.path.length > 0 ? `at ${issue.path.map(String).join('.')}: ` : '';
      this.error(file, 'form', `${place}${issue.message}`, 'write it as docs/packs.md shows');
    }
  }
}

/** "a, b, c and 4 more" */
export function some(names: readonly string[], atMost = 6): string {
  const shown = names.slice(0, atMost).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
