import type { DraftReport, Finding, Language, SignedReport } from '@radiolect/findings';
import { draftText } from '../drafter/draft-text.ts';
import { IncompleteSignatureError, UnconfirmedSentenceError } from './errors.ts';

export interface Signature {
  readonly draft: DraftReport;
  readonly findings: readonly Finding[];
  readonly author: SignedReport['author'];
  readonly now: Date;
}

/**
 * Freezes a draft as version 1 of report `id`. Throws UnconfirmedSentenceError while a typed sentence is unconfirmed and
 * IncompleteSignatureError without an author's name. The result is a deep copy that cannot be changed.
 */
export function signReport(id: string, signature: Signature): SignedReport {
  return frozen({ ...signedParts(signature), id, version: 1 });
}

/** The next version of a signed report, with the reason of the change. The previous version stays as it is. */
export function amendReport(previous: SignedReport, amendment: Signature & { readonly reason: string }): SignedReport {
  const reason = amendment.reason.trim();
  if (!reason) throw new IncompleteSignatureError('reason');
  const { id, version } = previous;
  return frozen({ ...signedParts(amendment), id, version: version + 1, previousVersion: version, reason });
}

function signedParts({ draft, findings, author, now }: Signature): Omit<SignedReport, 'id' | 'version'> {
  if (!author.name.trim()) throw new IncompleteSignatureError('author');
  const open = draft.sentences.filter((sentence) => sentence.origin === 'reader' && !sentence.confirmed);
  if (open.length > 0) throw new UnconfirmedSentenceError(open.map((sentence) => sentence.id));
  return { text: draftText(draft), findings, draft, author, signedAt: now.toISOString() };
}

const signatureLines = {
  en: {
    signed: 'Signed',
    unauthenticated: ' (name not authenticated)',
    version: 'version',
    replaces: 'replaces version',
    reason: 'Reason for amendment: ',
  },
  'zh-Hant': {
    signed: '簽署',
    unauthenticated: '（姓名未經驗證）',
    version: '版本',
    replaces: '取代版本',
    reason: '修訂原因：',
  },
  'zh-Hans': {
    signed: '签署',
    unauthenticated: '（姓名未经验证）',
    version: '版本',
    replaces: '取代版本',
    reason: '修订原因：',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The signed report as plain text, with who signed it, when, and which version it is. */
export function signedReportText(report: SignedReport): string {
  const words = signatureLines[report.draft.language];
  const colon = report.draft.language === 'en' ? ': ' : '：';
  const comma = report.draft.language === 'en' ? ', ' : '，';
  const author = report.author.name + (report.author.authenticated ? '' : words.unauthenticated);
  const version = `${words.version} ${report.version}`;
  const replaced = report.previousVersion === undefined ? '' : `${comma}${words.replaces} ${report.previousVersion}`;
  const reason = report.reason === undefined ? '' : `${words.reason}${report.reason}\n`;
  return `${report.text}\n${words.signed}${colon}${author}${comma}${report.signedAt}${comma}${version}${replaced}\n${reason}`;
}

/** The signed report as JSON, two spaces deep, keys in a fixed order: the same report gives the same bytes. */
export function signedReportJson(report: SignedReport): string {
  const { id, version, previousVersion, reason, author, signedAt, text, findings, draft } = report;
  return `${JSON.stringify({ id, version, previousVersion, reason, author, signedAt, text, findings, draft }, null, 2)}\n`;
}

function frozen<T extends object>(value: T): T {
  return deepFreeze(structuredClone(value));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
