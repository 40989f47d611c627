import type { ClinicalBackground, PrimaryTumour } from '../sampling/clinical-background.ts';
import { ageAt } from '../sampling/patient.ts';
import type { PhantomVisit } from '../sampling/sample-visit.ts';
import type { EnglishTone } from './english-causes.ts';
import type { Writer } from './writer.ts';

const tumours: Readonly<Record<PrimaryTumour, readonly [long: string, short: string]>> = {
  prostate: ['prostate adenocarcinoma', 'prostate ca'],
  breast: ['breast carcinoma', 'breast ca'],
  lung: ['non-small cell lung cancer', 'lung ca'],
  kidney: ['renal cell carcinoma', 'RCC'],
  liver: ['hepatocellular carcinoma', 'HCC'],
  colon: ['colon cancer', 'colon ca'],
  nasopharynx: ['nasopharyngeal carcinoma', 'NPC'],
  stomach: ['gastric cancer', 'gastric ca'],
  bladder: ['urothelial carcinoma of the bladder', 'bladder ca'],
  thyroid: ['thyroid cancer', 'thyroid ca'],
};
const treatments = {
  surgery: ['status post resection', 's/p op'],
  chemotherapy: ['on chemotherapy', 'under C/T'],
  radiotherapy: ['after radiotherapy', 's/p R/T'],
  hormone: ['on hormonal therapy', 'on hormone therapy'],
} as const;

/** The clinical lines of an English report: who, why, and the laboratory values that the request gives. */
export function englishBackground(visit: PhantomVisit, tone: EnglishTone, writer: Writer): string {
  const { patient, clinical, studyDate } = visit;
  const long = tone === 'long';
  const age = ageAt(patient.birthDate, studyDate);
  const who = long
    ? writer.pick('who', [
        `${age}-year-old ${patient.sex === 'male' ? 'man' : 'woman'}`,
        `${age} year old ${patient.sex}`,
      ])
    : writer.pick('who', [`${age}${patient.sex === 'male' ? 'M' : 'F'}`, `${age} y/o ${patient.sex}`]);
  const parts = [`${who}${reasonOf(clinical, long, writer)}`, ...laboratoryOf(clinical, long)];
  return `${parts.join(long ? '. ' : ', ')}.`;
}

function reasonOf(clinical: ClinicalBackground, long: boolean, writer: Writer): string {
  const at = long ? 0 : 1;
  const side = clinical.painSide ? `${clinical.painSide} ` : '';
  const pain = clinical.pain ? `${clinical.pain === 'back' ? '' : side}${clinical.pain} pain` : 'bone pain';
  const question = writer.pick(
    'question',
    long
      ? ['Evaluate for osseous metastases', 'Assess for bone metastasis', 'Metastatic survey']
      : ['r/o bone mets', 'bone mets?', 'eval for mets'],
  );
  if (clinical.primary) {
    const tumour = tumours[clinical.primary][at];
    switch (clinical.reason) {
      case 'staging':
        return long
          ? writer.pick('staging', [` with newly diagnosed ${tumour}. ${question}`, ` with ${tumour}, initial staging`])
          : writer.pick('staging', [` with ${tumour}, staging`, `, newly dx ${tumour}, ${question}`]);
      case 'rising-marker':
        return long
          ? ` with a history of ${tumour} and rising tumour markers. ${question}`
          : ` with ${tumour}, marker elevated, ${question}`;
      case 'bone-pain':
        return long ? ` with ${tumour}, now with ${pain}. ${question}` : `, ${tumour}, ${pain}`;
      case 'trauma':
        return long ? ` with ${tumour} and a recent accident` : `, ${tumour}, recent trauma`;
      default: {
        const treated = clinical.treatment ? `, ${treatments[clinical.treatment][at]}` : '';
        return long ? ` with a history of ${tumour}${treated}. Follow-up` : ` with ${tumour}${treated}, f/u`;
      }
    }
  }
  switch (clinical.reason) {
    case 'trauma': {
      const what = { fall: 'a fall', traffic: 'a traffic accident', ladder: 'a fall from a ladder' }[
        clinical.traumaKind ?? 'fall'
      ];
      return long
        ? ` with ${pain} after ${what} ${clinical.traumaWeeks} weeks ago`
        : `, ${what} ${clinical.traumaWeeks} wks ago, ${pain}`;
    }
    case 'implant-pain': {
      const { joint, side: where, yearsAgo } = clinical.implant!;
      return long
        ? ` with ${where} ${joint} replacement ${yearsAgo} years ago, now painful. Evaluate for loosening or infection`
        : `, ${where === 'right' ? 'R' : 'L'} ${joint === 'hip' ? 'THR' : 'TKR'} ${yearsAgo} yrs ago, pain, r/o loosening`;
    }
    case 'raised-alp':
      return long ? ' with an elevated alkaline phosphatase' : ', ALP elevated';
    case 'dialysis':
      return long
        ? ` with end-stage renal disease on dialysis for ${clinical.yearsSinceDiagnosis} years`
        : `, ESRD on HD x ${clinical.yearsSinceDiagnosis} yrs`;
    case 'infection':
      return long ? ' with diabetes and a non-healing ulcer. Rule out osteomyelitis' : ', DM, ulcer, r/o osteomyelitis';
    case 'bone-tumour':
      return long ? ` with ${pain} and a suspicious lesion on radiographs` : `, ${pain}, lesion on XR`;
    case 'stress-injury':
      return long ? `, a runner with ${pain}. Evaluate for stress injury` : `, runner, ${pain}`;
    default:
      return long ? ` with ${pain}` : `, ${pain}`;
  }
}

function laboratoryOf({ psa, alp, ca153, pth }: ClinicalBackground, long: boolean): string[] {
  return [
    ...(psa === undefined ? [] : [long ? `PSA ${psa} ng/mL` : `PSA ${psa}`]),
    ...(alp === undefined ? [] : [long ? `Alkaline phosphatase ${alp} U/L` : `ALP ${alp}`]),
    ...(ca153 === undefined ? [] : [`CA 15-3 ${ca153}`]),
    ...(pth === undefined ? [] : [long ? `PTH ${pth} pg/mL` : `PTH ${pth}`]),
  ];
}
