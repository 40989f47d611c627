import { DicomReadError } from '@radiolect/dicom';
import { InvalidFindingError } from '@radiolect/findings';
import { InvalidModelConfigurationError, LanguageModelError } from '@radiolect/language-models';
import { ConflictError, NotFoundError, RefusedError } from '@radiolect/reading-room';
import { IncompleteSignatureError, UnconfirmedSentenceError } from '@radiolect/reports';
import { ZodError } from 'zod';
import type { Problem } from './api.ts';

/** A request that the server refuses before any use case sees it. */
export class HttpRefusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 413 | 415;
  readonly fix: string;
  constructor(status: HttpRefusal['status'], rule: string, fix: string) {
    super(rule);
    this.name = 'HttpRefusal';
    this.status = status;
    this.fix = fix;
  }
}

/**
 * An error as the page gets it. Messages of our own errors name rules and never hold report text; of any other error
 * only its kind is passed on, since drivers and parsers quote what they were given.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpRefusal) return problem(error.status, 'refused', error.message, error.fix);
  if (error instanceof NotFoundError) return problem(404, 'not-found', error.message, 'reload the page');
  if (error instanceof ConflictError) return problem(409, 'conflict', error.message, error.fix);
  if (error instanceof RefusedError) return problem(422, 'refused', error.message, error.fix);
  if (error instanceof InvalidFindingError)
    return problem(422, 'invalid-finding', error.rule, 'change the attribute that the rule names');
  if (error instanceof UnconfirmedSentenceError)
    return problem(422, 'sentence-unconfirmed', 'a typed sentence is not confirmed', 'confirm it or take it out');
  if (error instanceof IncompleteSignatureError)
    return problem(422, `no-${error.field}`, error.message, 'type it, then sign again');
  if (error instanceof DicomReadError) return problem(422, 'refused', error.refusal.rule, error.refusal.fix);
  if (error instanceof LanguageModelError) return problem(502, 'language-model', error.message, error.fix);
  if (error instanceof InvalidModelConfigurationError) return problem(422, 'language-model', error.message, error.fix);
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    return problem(
      400,
      'malformed',
      `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'malformed'}`,
      'correct it',
    );
  }
  const kind = error instanceof Error ? error.name : 'Error';
  return problem(500, 'failed', `the request failed (${kind})`, 'try again; the terminal shows the details');
}

const problem = (status: number, type: string, rule: string, fix: string): Problem => ({
  type,
  title: rule,
  status,
  rule,
  fix,
});
