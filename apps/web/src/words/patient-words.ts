/** Texts round the patient's version; its sentences come from the pack. */
export const patientWords = {
  patientVersion: ['For the patient', '給病人的說明', '给患者的说明'],
  patientVersionTitle: ['Your scan in plain words', '您的檢查說明', '您的检查说明'],
  patientVersionLanguage: ['Language of this page', '此頁的語言', '此页的语言'],
  patientVersionBack: ['Back to the study', '回到檢查', '返回检查'],
  print: ['Print', '列印', '打印'],
  patientVersionNote: [
    'Made by a computer from the signed report, for research. It is no medical advice: your physician explains it to you.',
    '由電腦依已簽署的報告產生，僅供研究，並非醫療建議：請由您的醫師向您說明。',
    '由计算机依已签署的报告生成，仅供研究，并非医疗建议：请由您的医师向您说明。',
  ],
  patientVersionOf: [
    'From version {version}, signed by {name} on {date}',
    '依據第 {version} 版，{name} 於 {date} 簽署',
    '依据第 {version} 版，{name} 于 {date} 签署',
  ],
  showTraces: ['Show what each sentence rests on', '顯示每句的依據', '显示每句的依据'],
  traceOf: ['Rests on', '依據', '依据'],
  traceFraming: ['Fixed text, states no finding', '固定文字，未敘述任何發現', '固定文字，未描述任何发现'],
  patientScanOf: ['Scan of {date}', '檢查日期 {date}', '检查日期 {date}'],
  patientMap: ['Where it is', '部位圖', '部位图'],
  patientMapHint: [
    'Point at a sentence to see which bones it means.',
    '指向句子即可看到所說的部位。',
    '指向句子即可看到所说的部位。',
  ],
  patientLegendPresent: ['stands out', '較明顯', '较明显'],
  patientLegendUncertain: ['not sure', '不確定', '不确定'],
  patientLegendAbsent: ['looked at, nothing unusual', '已檢視，無異常', '已查看，无异常'],
  patientSides: ['R and L are your own right and left.', 'R、L 為您自己的右側與左側。', 'R、L 为您自己的右侧与左侧。'],
  patientNothingSigned: [
    'Nothing is signed yet: a version for the patient is made from a signed report.',
    '尚未簽署：病人版本由已簽署的報告產生。',
    '尚未签署：患者版本由已签署的报告生成。',
  ],
} as const;
