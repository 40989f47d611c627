import en from './patterns/en.json' with { type: 'json' };
import general from './patterns/general.json' with { type: 'json' };
import words from './patterns/ordinary-words.json' with { type: 'json' };
import zh from './patterns/zh.json' with { type: 'json' };
import type { IdentityRules } from './rules.ts';
import { compileRules } from './rules.ts';

/** The patterns that come with the package, compiled anew. */
export const shippedRules = (): IdentityRules => compileRules([general, en, zh, words]);

export const placeholders: Readonly<Record<string, string>> = general.placeholders;
