import type { Message } from '../checks/message.ts';
import type { ReportCheckCode } from './report-check.ts';

/** What each check says. `{sites}` are names of sites; the other values are words of the text or of the context. */
export const messages = {
  'side-contradiction': {
    en: 'Findings and impression name different sides: {sites}.',
    'zh-Hant': '所見與結論的側別不一致：{sites}。',
    'zh-Hans': '所见与诊断意见的侧别不一致：{sites}。',
  },
  'side-contradicts-order': {
    en: 'The order is for the {expected} side, the report speaks of the {stated} side only.',
    'zh-Hant': '申請單為{expected}側，報告僅提及{stated}側。',
    'zh-Hans': '申请单为{expected}侧，报告仅提及{stated}侧。',
  },
  'side-contradicts-image': {
    en: 'The text names another side than the picture shows: {sites}.',
    'zh-Hant': '文字的側別與影像不符：{sites}。',
    'zh-Hans': '文字的侧别与图像不符：{sites}。',
  },
  'side-missing': {
    en: 'Right or left is not stated: {what}.',
    'zh-Hant': '未註明左右側：{what}。',
    'zh-Hans': '未注明左右侧：{what}。',
  },
  'presence-contradiction': {
    en: 'One sentence states abnormal uptake, another denies it: {sites}.',
    'zh-Hant': '一句敘述有異常攝取，另一句則否定：{sites}。',
    'zh-Hans': '一句描述有异常浓聚，另一句则否定：{sites}。',
  },
  'unplaced-abnormality': {
    en: 'Abnormal uptake is stated without a place: a lost "no", or a place left out.',
    'zh-Hant': '敘述有異常攝取而未註明部位：可能漏「未」字或漏部位。',
    'zh-Hans': '描述有异常浓聚而未注明部位：可能漏“未”字或漏部位。',
  },
  'impression-contradicts-findings': {
    en: 'The impression does not follow from the findings: {what}.',
    'zh-Hant': '結論與所見不符：{what}。',
    'zh-Hans': '诊断意见与影像所见不符：{what}。',
  },
  'impression-omits-finding': {
    en: 'The impression leaves out what the findings state: {sites}.',
    'zh-Hant': '結論未提及所見中的：{sites}。',
    'zh-Hans': '诊断意见未提及所见中的：{sites}。',
  },
  'finding-only-in-impression': {
    en: 'The impression names what the findings do not describe: {sites}.',
    'zh-Hant': '結論提及所見未描述的部位：{sites}。',
    'zh-Hans': '诊断意见提及所见未描述的部位：{sites}。',
  },
  'impression-empty': {
    en: 'The impression has a heading and no text.',
    'zh-Hant': '結論只有標題，沒有內容。',
    'zh-Hans': '诊断意见只有标题，没有内容。',
  },
  'impression-missing': {
    en: 'The report has no impression of its own.',
    'zh-Hant': '報告沒有獨立的結論。',
    'zh-Hans': '报告没有独立的诊断意见。',
  },
  'finding-unexplained': {
    en: 'Metastasis is denied, and nothing else explains the uptake: {sites}.',
    'zh-Hant': '結論否定骨轉移，但未說明攝取的原因：{sites}。',
    'zh-Hans': '诊断意见否定骨转移，但未说明浓聚的原因：{sites}。',
  },
  'level-out-of-range': {
    en: 'There is no such vertebra: {stated} (the last is {expected}).',
    'zh-Hant': '沒有此節脊椎：{stated}（最後一節為{expected}）。',
    'zh-Hans': '没有此节椎体：{stated}（最后一节为{expected}）。',
  },
  'transitional-level': {
    en: '{stated}: if this is a transitional vertebra, say so; otherwise check the number.',
    'zh-Hant': '{stated}：若為移行椎請註明，否則請核對節數。',
    'zh-Hans': '{stated}：若为移行椎请注明，否则请核对节数。',
  },
  'rib-out-of-range': {
    en: 'There are 12 pairs of ribs; the text names rib {stated}.',
    'zh-Hant': '肋骨共12對，文字提及第{stated}肋骨。',
    'zh-Hans': '肋骨共12对，文字提及第{stated}肋骨。',
  },
  'value-implausible': {
    en: '{what} of {stated} is outside {expected}: check number and unit.',
    'zh-Hant': '{what}{stated}超出{expected}，請核對數字與單位。',
    'zh-Hans': '{what}{stated}超出{expected}，请核对数字与单位。',
  },
  'date-invalid': {
    en: 'There is no such date: {stated}.',
    'zh-Hant': '沒有此日期：{stated}。',
    'zh-Hans': '没有此日期：{stated}。',
  },
  'date-in-future': {
    en: 'The date lies after the study of {expected}: {stated}.',
    'zh-Hant': '日期晚於本次檢查（{expected}）：{stated}。',
    'zh-Hans': '日期晚于本次检查（{expected}）：{stated}。',
  },
  'presence-contradicts-image': {
    en: 'The text says that there is no abnormal uptake, the picture shows it: {sites}.',
    'zh-Hant': '文字敘述無異常攝取，影像則有：{sites}。',
    'zh-Hans': '文字描述无异常浓聚，图像则有：{sites}。',
  },
  'level-contradicts-image': {
    en: 'The text names another level than the picture shows ({expected}): {sites}.',
    'zh-Hant': '文字的節數與影像（{expected}）不符：{sites}。',
    'zh-Hans': '文字的节数与图像（{expected}）不符：{sites}。',
  },
  'finding-not-in-image': {
    en: 'The text states uptake that the picture does not show: {sites}.',
    'zh-Hant': '文字敘述了影像沒有的攝取：{sites}。',
    'zh-Hans': '文字描述了图像没有的浓聚：{sites}。',
  },
  'image-finding-not-stated': {
    en: 'The text does not state what the picture shows: {sites}.',
    'zh-Hant': '文字未敘述影像所見：{sites}。',
    'zh-Hans': '文字未描述图像所见：{sites}。',
  },
  'cause-contradicts-image': {
    en: 'The text gives another cause than the findings of the picture: {sites}.',
    'zh-Hant': '文字的病因與影像判讀不符：{sites}。',
    'zh-Hans': '文字的病因与图像判读不符：{sites}。',
  },
  'image-cause-not-stated': {
    en: 'The findings of the picture are called metastatic, and the text names no such cause: {sites}.',
    'zh-Hant': '影像判讀為骨轉移，文字未提及此病因：{sites}。',
    'zh-Hans': '图像判读为骨转移，文字未提及此病因：{sites}。',
  },
  'age-mismatch': {
    en: 'The text says {stated} years, the patient is {expected}.',
    'zh-Hant': '文字為{stated}歲，病人為{expected}歲。',
    'zh-Hans': '文字为{stated}岁，患者为{expected}岁。',
  },
  'sex-mismatch': {
    en: '"{stated}" does not go with the sex recorded or stated ({expected}).',
    'zh-Hant': '「{stated}」與性別（{expected}）不符。',
    'zh-Hans': '“{stated}”与性别（{expected}）不符。',
  },
  'body-part-not-reported': {
    en: 'The report does not mention the body part ordered: {expected}.',
    'zh-Hant': '報告未提及申請的部位：{expected}。',
    'zh-Hans': '报告未提及申请的部位：{expected}。',
  },
  'order-incomplete': {
    en: 'Ordered, and not in the report: {expected}.',
    'zh-Hant': '已申請而報告未載明：{expected}。',
    'zh-Hans': '已申请而报告未载明：{expected}。',
  },
  'order-exceeded': {
    en: 'The report describes more than was ordered: {stated}.',
    'zh-Hant': '報告內容超出申請範圍：{stated}。',
    'zh-Hans': '报告内容超出申请范围：{stated}。',
  },
  'critical-result': {
    en: 'The report raises a possible critical result: {what}.',
    'zh-Hant': '報告提及可能的危急結果：{what}。',
    'zh-Hans': '报告提及可能的危急结果：{what}。',
  },
  'critical-result-not-communicated': {
    en: 'Critical result, and the report does not say who was told: {what}.',
    'zh-Hant': '危急結果，報告未載明已通知何人：{what}。',
    'zh-Hans': '危急结果，报告未载明已通知何人：{what}。',
  },
  'critical-result-communicated': {
    en: 'Critical result, with its communication stated: {what}.',
    'zh-Hant': '危急結果，已載明通知：{what}。',
    'zh-Hans': '危急结果，已载明通知：{what}。',
  },
  'follow-up-recommended': {
    en: 'The report recommends a next step.',
    'zh-Hant': '報告建議了後續處置。',
    'zh-Hans': '报告建议了后续处理。',
  },
  'follow-up-missing': {
    en: 'A finding stays open, and no next step is recommended: {sites}.',
    'zh-Hant': '有未定論的發現，但未建議後續檢查：{sites}。',
    'zh-Hans': '有未定论的发现，但未建议后续检查：{sites}。',
  },
  'comparison-without-prior': {
    en: 'The text compares with an earlier study, and there is none.',
    'zh-Hant': '文字與先前檢查比較，但並無先前檢查。',
    'zh-Hans': '文字与既往检查比较，但并无既往检查。',
  },
  'prior-not-compared': {
    en: 'There is an earlier study ({expected}), and the text does not compare with it.',
    'zh-Hant': '有先前檢查（{expected}），文字未作比較。',
    'zh-Hans': '有既往检查（{expected}），文字未作比较。',
  },
  'comparison-date-mismatch': {
    en: 'The text compares with a study of {stated}; the earlier study is of {expected}.',
    'zh-Hant': '文字比較的檢查日期為{stated}，先前檢查為{expected}。',
    'zh-Hans': '文字比较的检查日期为{stated}，既往检查为{expected}。',
  },
  'stale-unchanged': {
    en: 'Called unchanged, but the findings differ from the earlier study: {sites}.',
    'zh-Hant': '文字稱無變化，但與先前檢查的發現不同：{sites}。',
    'zh-Hans': '文字称无变化，但与既往检查的发现不同：{sites}。',
  },
  'not-new': {
    en: 'Called new, but the earlier study had it: {sites}.',
    'zh-Hant': '文字稱新出現，但先前檢查已有：{sites}。',
    'zh-Hans': '文字称新出现，但既往检查已有：{sites}。',
  },
  'score-stated': {
    en: '{what}: {stated}.',
    'zh-Hant': '{what}：{stated}。',
    'zh-Hans': '{what}：{stated}。',
  },
  'score-inconsistent': {
    en: '{what} does not add up: {stated} (expected {expected}).',
    'zh-Hant': '{what}前後不符：{stated}（應為{expected}）。',
    'zh-Hans': '{what}前后不符：{stated}（应为{expected}）。',
  },
} as const satisfies Record<ReportCheckCode, Message>;
