import type { ClinicalBackground, PrimaryTumour } from '../sampling/clinical-background.ts';
import { ageAt } from '../sampling/patient.ts';
import type { PhantomVisit } from '../sampling/sample-visit.ts';
import type { Script } from './chinese-sites.ts';
import type { Writer } from './writer.ts';

type Pair = readonly [hant: string, hans: string];
const tumours: Readonly<Record<PrimaryTumour, Pair>> = {
  prostate: ['攝護腺癌', '前列腺癌'],
  breast: ['乳癌', '乳腺癌'],
  lung: ['肺癌', '肺癌'],
  kidney: ['腎細胞癌', '肾癌'],
  liver: ['肝癌', '肝癌'],
  colon: ['大腸癌', '结肠癌'],
  nasopharynx: ['鼻咽癌', '鼻咽癌'],
  stomach: ['胃癌', '胃癌'],
  bladder: ['膀胱癌', '膀胱癌'],
  thyroid: ['甲狀腺癌', '甲状腺癌'],
};
const treatments: Readonly<Record<NonNullable<ClinicalBackground['treatment']>, Pair>> = {
  surgery: ['術後', '术后'],
  chemotherapy: ['化療中', '化疗后'],
  radiotherapy: ['放射治療後', '放疗后'],
  hormone: ['荷爾蒙治療中', '内分泌治疗后'],
};
const pains: Readonly<Record<NonNullable<ClinicalBackground['pain']>, Pair>> = {
  back: ['背痛', '腰背痛'],
  hip: ['髖部疼痛', '髋部疼痛'],
  chest: ['胸痛', '胸痛'],
  shoulder: ['肩痛', '肩痛'],
  knee: ['膝痛', '膝痛'],
  thigh: ['大腿疼痛', '大腿疼痛'],
  foot: ['足部疼痛', '足部疼痛'],
  shin: ['小腿疼痛', '小腿疼痛'],
};

/** The clinical line of a Chinese report. */
export function chineseBackground(visit: PhantomVisit, script: Script, writer: Writer): string {
  const { patient, clinical, studyDate } = visit;
  const at = script === 'hant' ? 0 : 1;
  const two = (hant: string, hans: string) => (at === 0 ? hant : hans);
  const age = ageAt(patient.birthDate, studyDate);
  const who = writer.always('age', 0.5) ? `${age}${two('歲', '岁')}${patient.sex === 'male' ? '男性' : '女性'}，` : '';
  const pain = clinical.pain ? pains[clinical.pain][at] : two('骨痛', '骨痛');
  const values = [
    ...(clinical.psa === undefined ? [] : [`PSA ${clinical.psa} ng/mL`]),
    ...(clinical.alp === undefined ? [] : [`ALP ${clinical.alp} U/L`]),
    ...(clinical.ca153 === undefined ? [] : [`CA15-3 ${clinical.ca153}`]),
    ...(clinical.pth === undefined ? [] : [`PTH ${clinical.pth} pg/mL`]),
  ];
  const after = values.length > 0 ? `，${values.join('，')}` : '';
  const why = (): string => {
    if (clinical.primary) {
      const tumour = tumours[clinical.primary][at];
      switch (clinical.reason) {
        case 'staging':
          return writer.pick('staging', [
            `${tumour}${two('分期', '，治疗前分期')}`,
            `${tumour}，${two('評估有無骨轉移', '了解有无骨转移')}`,
          ]);
        case 'rising-marker':
          return `${tumour}，${two('腫瘤標記上升', '肿瘤标志物升高')}`;
        case 'bone-pain':
          return `${tumour}，${pain}`;
        case 'trauma':
          return `${tumour}，${two('近期外傷', '近期外伤')}`;
        default:
          return `${tumour}${clinical.treatment ? treatments[clinical.treatment][at] : ''}${two('追蹤', '复查')}`;
      }
    }
    switch (clinical.reason) {
      case 'trauma': {
        const what = { fall: two('跌倒', '摔伤'), traffic: two('車禍', '车祸'), ladder: two('高處跌落', '高处坠落') }[
          clinical.traumaKind ?? 'fall'
        ];
        return `${what}${two('後', '后')}${clinical.traumaWeeks}${two('週', '周')}，${pain}`;
      }
      case 'implant-pain': {
        const { joint, side, yearsAgo } = clinical.implant!;
        const where = `${side === 'right' ? '右' : '左'}${joint === 'hip' ? two('髖', '髋') : '膝'}`;
        return `${where}${two('人工關節置換術後', '人工关节置换术后')}${yearsAgo}年，${two('疼痛', '疼痛')}`;
      }
      case 'raised-alp':
        return two('鹼性磷酸酶升高', '碱性磷酸酶升高');
      case 'dialysis':
        return two(
          `末期腎病變，洗腎${clinical.yearsSinceDiagnosis}年`,
          `慢性肾功能不全，透析${clinical.yearsSinceDiagnosis}年`,
        );
      case 'infection':
        return two('糖尿病足潰瘍，排除骨髓炎', '糖尿病足溃疡，除外骨髓炎');
      case 'bone-tumour':
        return `${pain}，${two('X光發現骨病灶', 'X线发现骨病变')}`;
      case 'stress-injury':
        return `${two('長跑者', '长跑运动员')}，${pain}`;
      default:
        return pain;
    }
  };
  return `${who}${why()}${after}。`;
}
