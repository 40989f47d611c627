import type { DraftReport, Language, TextEvidence } from '@radiolect/findings';
import type { CheckContext } from '@radiolect/reports';
import { checkDraft, layOutDraft } from '@radiolect/reports';
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
  /** The words it rests on, at their place in the draft laid out as text (UTF-16 code units). */
  readonly evidence?: readonly Pick<TextEvidence, 'start' | 'end' | 'text'>[];
}

/** What checking needs of a room, and of a study's row. */
type CheckingRoom = Pick<Room, 'reader' | 'pack' | 'checker'>;
type CheckedStudy = Pick<
  StudyRecord,
  'draft' | 'findings' | 'decidedSites' | 'patientSex' | 'patientBirthDate' | 'studyDate' | 'panel'
>;

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
export function studyChecks(room: CheckingRoom, current: CheckedStudy): Check[] {
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
    ...textChecks(room, current, draft),
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

/**
 * What cannot be right in the draft's text by itself, and beside the patient and the prior. Its findings are held against
 * it by {@link checkDraft}, sentence by sentence; information interrupts nobody and stays out.
 */
function textChecks(room: CheckingRoom, current: CheckedStudy, draft: DraftReport): Check[] {
  if (!room.checker) return [];
  const { text, spans } = layOutDraft(draft);
  return room.checker
    .check(text, contextOf(current))
    .filter(({ severity }) => severity !== 'information')
    .map(({ code, severity, message, evidence, sites }): Check => {
      const sentences = spans
        .filter((span) => evidence.some(({ start, end }) => start < span.end && span.start < end))
        .map(({ sentence }) => sentence);
      const stated = draft.sentences.filter(({ id }) => sentences.includes(id)).flatMap(({ states }) => states);
      const meant = current.findings.filter(({ finding }) => sites.includes(finding.site));
      return {
        code,
        level: severity === 'error' ? 'stop' : 'warn',
        message: message[draft.language],
        messages: message,
        sentences,
        findings: meant.map(({ finding }) => finding.id).filter((id) => stated.length === 0 || stated.includes(id)),
        sites,
        evidence: evidence.map(({ start, end, text: words }) => ({ start, end, text: words })),
      };
    });
}

/** Of the study's header and the clinical panel: what they do not hold is left out, and its checks are silent. */
function contextOf({ patientSex, patientBirthDate, studyDate, panel }: CheckedStudy): CheckContext {
  const sex = ({ M: 'male', F: 'female', O: 'other' } as const)[patientSex ?? ''];
  const born = yearsOf(patientBirthDate);
  const studied = yearsOf(studyDate);
  const age = born === undefined || studied === undefined ? undefined : Math.floor(studied - born);
  return {
    patient: { sex, age },
    ...(studyDate === null ? {} : { studyDate }),
    ...(panel.priorDate ? { prior: { date: panel.priorDate } } : {}),
  };
}

/** A DICOM date as years with a fraction, good enough for an age in whole years. */
function yearsOf(date: string | null): number | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '') ?? [];
  return year === undefined ? undefined : Number(year) + (Number(month) - 1) / 12 + (Number(day) - 1) / 372;
}
