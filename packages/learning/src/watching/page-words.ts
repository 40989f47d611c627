/** The languages of the page, as elsewhere in Radiolect. */
export const pageLanguages = ['en', 'zh-Hant', 'zh-Hans'] as const;
export type PageLanguage = (typeof pageLanguages)[number];
export type PageWords = Readonly<Record<PageLanguage, string>>;

const row = (en: string, hant: string, hans: string): PageWords => ({ en, 'zh-Hant': hant, 'zh-Hans': hans });

/** Every text of the run page. */
export const words = {
  run: row('Training run', '訓練紀錄', '训练记录'),
  running: row('Running', '進行中', '进行中'),
  finished: row('Finished', '已完成', '已完成'),
  stopped: row('Stopped; --resume goes on', '已停止；可用 --resume 繼續', '已停止；可用 --resume 继续'),
  figures: row('At a glance', '概覽', '概览'),
  epoch: row('Epoch', '輪次', '轮次'),
  step: row('Step', '步數', '步数'),
  bestEpoch: row('Best epoch', '最佳輪次', '最佳轮次'),
  bestScore: row('Best score', '最佳分數', '最佳分数'),
  speed: row('Images per second', '每秒影像數', '每秒图像数'),
  elapsed: row('Elapsed since it was started or resumed', '本次啟動或續訓後經過時間', '本次启动或续训后经过时间'),
  timeLeft: row('Time left', '剩餘時間', '剩余时间'),
  parameters: row('Trained parameters', '訓練參數數量', '训练参数数量'),
  examples: row('Training / validation studies', '訓練／驗證檢查數', '训练／验证检查数'),
  batch: row('Images per step', '每步影像數', '每步图像数'),
  device: row('Device and threads', '裝置與執行緒', '设备与线程'),
  curves: row('Curves', '曲線', '曲线'),
  epochTable: row('All epochs as a table', '以表格列出所有輪次', '以表格列出所有轮次'),
  noEpoch: row('No epoch is finished yet.', '尚未完成任何輪次。', '尚未完成任何轮次。'),
  sites: row('Sites in validation', '各部位的驗證結果', '各部位的验证结果'),
  sitesNote: row(
    'These figures chose the epoch, so they are not a result: radiolect evaluate grades the model on studies it has not met, with intervals. Sites with fewer than three labels of either kind are shown pale.',
    '這些數字用於選擇輪次，並非最終結果：請以 radiolect evaluate 於模型未見過的檢查上評分並給出區間。任一類標註少於三例的部位以淡色顯示。',
    '这些数字用于选择轮次，并非最终结果：请用 radiolect evaluate 在模型未见过的检查上评分并给出区间。任一类标注少于三例的部位以浅色显示。',
  ),
  site: row('Site', '部位', '部位'),
  auroc: row('AUROC', 'AUROC', 'AUROC'),
  positives: row('Present', '有', '有'),
  negatives: row('Absent', '無', '无'),
  prevalence: row('Prevalence in training', '訓練集盛行率', '训练集患病率'),
  cases: row('Worst cases', '錯得最多的例子', '错得最多的例子'),
  casesNote: row(
    'Validation studies whose label the model denied most. Dark is many counts; orange is what spoke for the site.',
    '模型判斷與標註相差最大的驗證檢查。越黑計數越多；橘色為支持該部位異常的區域。',
    '模型判断与标注相差最大的验证检查。越黑计数越多；橙色为支持该部位异常的区域。',
  ),
  labelled: row('label', '標註', '标注'),
  present: row('present', '有', '有'),
  absent: row('absent', '無', '无'),
  probability: row('probability of present, uncalibrated', '判斷為有的機率（未校正）', '判断为有的概率（未校准）'),
  anterior: row('anterior', '前位', '前位'),
  posterior: row('posterior', '後位', '后位'),
  'mirrored-posterior': row('posterior, mirrored', '後位（左右翻轉）', '后位（左右翻转）'),
  picture: row('picture', '影像', '图像'),
  recipe: row('Recipe', '訓練配方', '训练配方'),
  manifest: row('Manifest', '清單', '清单'),
  language: row('Language', '語言', '语言'),
  reload: row('Reload every 30 seconds', '每 30 秒重新載入', '每 30 秒重新载入'),
  skip: row('Skip to the figures', '跳至數據', '跳至数据'),
  bestHere: row('dashed: best epoch', '虛線：最佳輪次', '虚线：最佳轮次'),
  loss: row('Loss', '損失', '损失'),
  researchOnly: row('For research, not a medical device', '僅供研究，非醫療器材', '仅供研究，非医疗器械'),
} as const satisfies Readonly<Record<string, PageWords>>;

const measureWords: Readonly<Record<string, PageWords>> = {
  trainingLoss: row('Training loss', '訓練損失', '训练损失'),
  validationLoss: row('Validation loss', '驗證損失', '验证损失'),
  validationAuroc: row('Validation AUROC', '驗證 AUROC', '验证 AUROC'),
  score: row('Score', '分數', '分数'),
  learningRate: row('Learning rate', '學習率', '学习率'),
  gradientNorm: row('Gradient norm', '梯度範數', '梯度范数'),
  imagesPerSecond: words.speed,
  loss: words.loss,
  auroc: words.auroc,
  accuracy: row('Accuracy', '準確率', '准确率'),
  sites: row('Sites scored', '計分部位數', '计分部位数'),
  meanDistance: row('Mean feature distance', '特徵平均距離', '特征平均距离'),
  effectiveRank: row('Effective rank', '有效秩', '有效秩'),
  alignment: row('Alignment', '對齊度', '对齐度'),
  uniformity: row('Uniformity', '均勻度', '均匀度'),
};

/** The name of a measure; one that is not known here is its key in words. */
export function measureName(key: string): PageWords {
  const known = measureWords[key];
  if (known) return known;
  const spaced = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_/]/g, ' ');
  const text = spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
  return row(text, text, text);
}
