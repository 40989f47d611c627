import type { AssertionRules } from './assertion-rules.ts';
import { parseAssertionRules } from './assertion-rules.ts';
import en from './rules/en.json' with { type: 'json' };
import zh from './rules/zh.json' with { type: 'json' };

/** The shipped rules, by language: English, and Chinese in both scripts. */
export const assertionRules: { readonly en: AssertionRules; readonly zh: AssertionRules } = {
  en: parseAssertionRules(en),
  zh: parseAssertionRules(zh),
};
