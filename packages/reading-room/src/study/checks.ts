import type { Language } from '@radiolect/findings';
import { checkDraft } from '@radiolect/reports';
import type { Room } from '../room.ts';
import type { StudyRecord } from '../store/schema.ts';
import { draftedFindings } from './finding-list.ts';

/** Something to look at before signing. */
export interface Check {
  readonly code: string;
  readonly level: 'stop' | 'warn';
  readonly message: string;
  readonly messages: Readonly<Record<Language, string>>;
  readonly sentences: readonly string[];
  readonly findings: readonly string[];
  readonly sites: readonly string[];
}

const unconfirmed = {
  en: 'You typed this sentence: confirm it, so that it can be signed.',
  'zh-Hant': '此句為您輸入，請確認後再簽署。',
  'zh-Hans': '此句为您输入，请确认后再签署。',
} as const satisfies Record<Language, string>;

const notAccepted = {
  en: 'Findings of an unvalidated model wait for your decision and are not in the draft.',
  'zh-Hant': '未經驗證模型的發現尚待您決定，未納入草稿。',
  'zh-Hans': '未经验证模型的发现尚待您决定，未纳入草稿。',
} as const satisfies Record<Language, string>;

/** Holds the draft against the findings in it, and names what still waits for the reader. */
export function studyChecks(room: Room, current: StudyRecord): Check[] {
  const { draft } = current;
  if (!draft) return [];
  const findings = draftedFindings(current);
  const { language } = draft;
  const typed = draft.sentences.filter((sentence) => sentence.origin === 'reader' && !sentence.confirmed);
  const waiting = current.findings.filter(
    ({ decision, inDraft, finding }) => decision === 'proposed' && !inDraft && finding.presence !== 'absent',
  );
  return [
    ...typed.map(
      (sentence): Check => ({
        code: 'sentence-unconfirmed',
        level: 'stop',
        message: unconfirmed[language],
        messages: unconfirmed,
        sentences: [sentence.id],
        findings: sentence.states,
        sites: [],
      }),
    ),
    ...checkDraft(draft, findings, room.reader, room.pack.sites).map(
      (check): Check => ({
        code: check.code,
        level: check.severity === 'error' ? 'stop' : 'warn',
        message: check.message[language],
        messages: check.message,
        sentences: check.sentence === undefined ? [] : [check.sentence],
        findings: check.findings,
        sites: check.sites,
      }),
    ),
    ...(waiting.length > 0
      ? [
          {
            code: 'finding-not-decided',
            level: 'warn',
            message: notAccepted[language],
            messages: notAccepted,
            sentences: [],
            findings: waiting.map(({ finding }) => finding.id),
            sites: waiting.map(({ finding }) => finding.site),
          } satisfies Check,
        ]
      : []),
  ];
}
