import { casePicture } from './case-picture.ts';
import type { ChartSettings, Series } from './chart.ts';
import { lineChart, shortNumber } from './chart.ts';
import { duration, escaped, spoken } from './markup.ts';
import { pageScript, pageStyle } from './page-style.ts';
import type { PageWords } from './page-words.ts';
import { measureName, words } from './page-words.ts';
import type { EpochLine, RunEnd, RunStart, SiteRow, ValidationReport, WorstCase } from './run-watcher.ts';
import type { StepPoint } from './step-points.ts';

/** What is known of a run when its page is written. */
export interface RunPageData {
  readonly start: RunStart;
  /** Seconds since it was started or resumed. */
  readonly elapsed: number;
  readonly secondsLeft: number;
  readonly steps: readonly StepPoint[];
  readonly history: readonly EpochLine[];
  /** Once it has ended or was stopped. */
  readonly end?: RunEnd;
  /** What a site is called; its id where left out. */
  readonly siteName?: (site: string) => PageWords | undefined;
}

const colours = { training: '#6b7683', validation: '#b3541e', other: '#1f5fa8' } as const;

/**
 * The page of a run, whole in one file: style, script and pictures are inside, and its content policy lets it fetch
 * nothing. In English and Chinese, for the screen and for paper.
 */
export function runPage(data: RunPageData): string {
  const { start, end, history } = data;
  const state = !end ? 'running' : end.finished ? 'finished' : 'stopped';
  const best = end?.bestEpoch ?? bestEpochOf(history);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">`,
    `<title>${escaped(start.name)}</title><style>${pageStyle}</style></head><body>`,
    `<a class="skip" href="#figures">${spoken(words.skip)}</a>`,
    `<header><h1>${escaped(start.name)}</h1><span class="kind">${spoken(words.run)} · ${escaped(start.kind)}</span>`,
    `<span class="state ${state}">${spoken(words[state])}</span>`,
    end?.reason ? `<span class="reason">${escaped(end.reason)}</span>` : '',
    '<span class="controls">',
    end ? '' : `<label><input type="checkbox" id="reload"> ${spoken(words.reload)}</label>`,
    `<label>${spoken(words.language)} <select id="language"><option value="en">English</option>`,
    '<option value="zh-Hant">繁體中文</option><option value="zh-Hans">简体中文</option></select></label></span></header><main>',
    figures(data, best),
    `<h2>${spoken(words.curves)}</h2>`,
    curves(data, best),
    end?.report ? report(end.report, data.siteName) : '',
    json(words.recipe, start.recipe),
    end?.manifest === undefined ? '' : json(words.manifest, end.manifest),
    `</main><footer>Radiolect · ${spoken(words.researchOnly)}</footer><script>${pageScript}</script></body></html>\n`,
  ].join('\n');
}

function bestEpochOf(history: readonly EpochLine[]): number {
  let best: EpochLine | undefined;
  for (const one of history) if (!best || one.score > best.score) best = one;
  return best?.epoch ?? 0;
}

function figures({ start, end, history, steps, elapsed, secondsLeft }: RunPageData, best: number): string {
  const latest = steps.at(-1);
  const chosen = history.find(({ epoch }) => epoch === best);
  const entries: [PageWords, string][] = [
    [words.epoch, `${history.at(-1)?.epoch ?? 0} / ${Math.ceil(start.steps / Math.max(start.stepsPerEpoch, 1))}`],
    [words.step, `${latest?.step ?? start.step} / ${start.steps}`],
    [words.bestEpoch, chosen ? `${chosen.epoch}` : '–'],
    [words.bestScore, chosen ? shortNumber(chosen.score) : '–'],
    [words.speed, latest ? shortNumber(latest.imagesPerSecond) : '–'],
    [words.elapsed, duration(elapsed)],
    ...(end ? [] : [[words.timeLeft, duration(secondsLeft)] as [PageWords, string]]),
    [words.parameters, start.parameters.toLocaleString('en')],
    [words.examples, `${start.examples.train} / ${start.examples.validation}`],
    [words.batch, `${start.batchSize}`],
    [words.device, `${start.device}, ${start.threads}`],
  ];
  const cells = entries.map(([name, value]) => `<div><dt>${spoken(name)}</dt><dd>${escaped(value)}</dd></div>`);
  return `<h2 id="figures" tabindex="-1">${spoken(words.figures)}</h2><dl class="figures">${cells.join('')}</dl>`;
}

function curves({ history, steps }: RunPageData, best: number): string {
  const charts: ChartSettings[] = [];
  const byEpoch = (key: string): (readonly [number, number])[] =>
    history.flatMap((line) => {
      const value = line[key];
      return typeof value === 'number' && Number.isFinite(value) ? [[line.epoch, value] as const] : [];
    });
  const series = (key: string, colour: string): Series[] => {
    const points = byEpoch(key);
    return points.length > 0 ? [{ name: measureName(key), colour, points }] : [];
  };
  const mark = best > 0 ? { mark: best } : {};
  const losses = [...series('trainingLoss', colours.training), ...series('validationLoss', colours.validation)];
  if (losses.length > 0) charts.push({ title: words.loss, xName: words.epoch, series: losses, ...mark });
  const told = new Set(['epoch', 'step', 'trainingLoss', 'validationLoss', 'learningRate']);
  const keys = new Set(history.flatMap((line) => Object.keys(line)));
  // Where the score is one of the measures, that measure's name says more.
  if ([...keys].some((key) => !told.has(key) && key !== 'score' && history.every((line) => line[key] === line.score)))
    told.add('score');
  for (const key of keys) {
    const own = told.has(key) ? [] : series(key, colours.other);
    if (own.length > 0) charts.push({ title: measureName(key), xName: words.epoch, series: own, ...mark });
  }
  for (const key of ['loss', 'learningRate', 'gradientNorm', 'imagesPerSecond'] as const) {
    const points = averaged(steps.map((point) => [point.step, point[key]] as const));
    if (points.length > 1)
      charts.push({
        title: measureName(key),
        xName: words.step,
        series: [{ name: measureName(key), colour: colours.training, points }],
      });
  }
  if (charts.length === 0) return `<p class="note">${spoken(words.noEpoch)}</p>`;
  const note = best > 0 ? `<p class="note">${spoken(words.bestHere)}</p>` : '';
  return `${note}<div class="charts">${charts.map(lineChart).join('')}</div>${epochTable(history, [...keys], best)}`;
}

/** At most some hundred points: each the mean of its neighbours. */
function averaged(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const known = points.filter(([, y]) => Number.isFinite(y));
  const group = Math.ceil(known.length / 300);
  const out: (readonly [number, number])[] = [];
  for (let from = 0; from < known.length; from += group) {
    const own = known.slice(from, from + group);
    out.push([own.at(-1)![0], own.reduce((sum, [, y]) => sum + y, 0) / own.length]);
  }
  return out;
}

function epochTable(history: readonly EpochLine[], keys: readonly string[], best: number): string {
  if (history.length === 0) return '';
  const rows = history.map((line) => {
    const cells = keys.map((key) => {
      const value = line[key];
      return numberCell(value === undefined || value === null ? null : value);
    });
    return `<tr${line.epoch === best ? ' class="best"' : ''}>${cells.join('')}</tr>`;
  });
  const names = keys.map((key) =>
    heading(key === 'epoch' ? words.epoch : key === 'step' ? words.step : measureName(key), true),
  );
  return `<details><summary>${spoken(words.epochTable)}</summary>${table(names, rows)}</details>`;
}

const table = (heads: readonly string[], rows: readonly string[]): string =>
  `<div class="scroll"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;

const heading = (name: PageWords, number: boolean): string =>
  `<th scope="col"${number ? ' class="number"' : ''}><button type="button">${spoken(name)}</button></th>`;

const numberCell = (value: number | null, text = value === null ? '–' : shortNumber(value)): string =>
  `<td class="number" data-value="${value ?? ''}">${escaped(text)}</td>`;

type SiteName = RunPageData['siteName'];
const nameOf = (site: string, siteName: SiteName): PageWords =>
  siteName?.(site) ?? { en: site, 'zh-Hant': site, 'zh-Hans': site };

function report({ sites, cases }: ValidationReport, siteName: SiteName): string {
  const parts: string[] = [];
  if (sites.length > 0) {
    const heads = [
      heading(words.site, false),
      heading(words.auroc, false),
      ...[words.positives, words.negatives, words.prevalence].map((name) => heading(name, true)),
    ];
    parts.push(
      `<h2>${spoken(words.sites)}</h2><p class="note">${spoken(words.sitesNote)}</p>`,
      `<div id="sites">${table(
        heads,
        sites.map((row) => siteRow(row, siteName)),
      )}</div>`,
    );
  }
  if (cases.length > 0)
    parts.push(
      `<h2>${spoken(words.cases)}</h2><p class="note">${spoken(words.casesNote)}</p>`,
      `<div class="cases">${cases.map((one) => caseFigure(one, siteName)).join('')}</div>`,
    );
  return parts.join('\n');
}

/** With fewer labels of either kind than this an AUROC says little. */
const enough = 3;

function siteRow({ site, auroc, positives, negatives, prevalence }: SiteRow, siteName: SiteName): string {
  const few = positives < enough || negatives < enough ? ' class="few"' : '';
  // The bar begins at chance: half is nothing.
  const bar = auroc === null ? '' : Math.round(Math.max(0, 200 * (auroc - 0.5)));
  const area =
    auroc === null
      ? '<td data-value="">–</td>'
      : `<td data-value="${auroc}">${auroc.toFixed(3)} <span class="bar" aria-hidden="true"><i style="width:${bar}%"></i></span></td>`;
  const share = prevalence === null ? numberCell(null) : numberCell(prevalence, `${(100 * prevalence).toFixed(1)} %`);
  return `<tr${few}><td>${spoken(nameOf(site, siteName))}</td>${area}${numberCell(positives)}${numberCell(negatives)}${share}</tr>`;
}

function caseFigure({ study, site, label, probability, views }: WorstCase, siteName: SiteName): string {
  const pictures = views.map((view) => {
    const known = view.view in words ? words[view.view as keyof typeof words] : undefined;
    const name = known ? spoken(known) : escaped(view.view);
    const source = `data:image/png;base64,${base64(casePicture(view))}`;
    return `<div><img src="${source}" width="${view.columns}" height="${view.rows}" alt="${escaped(`${view.view} view of study ${study}`)}">${name}</div>`;
  });
  return [
    `<figure class="case"><figcaption><b>${spoken(nameOf(site, siteName))}</b><br>`,
    `${spoken(words.labelled)}: <b>${spoken(words[label])}</b>, ${spoken(words.probability)} ${probability.toFixed(3)}<br>`,
    `<span class="kind">${escaped(study)}</span></figcaption><div class="views">${pictures.join('')}</div></figure>`,
  ].join('');
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const json = (name: PageWords, value: unknown): string =>
  `<details><summary>${spoken(name)}</summary><pre tabindex="0">${escaped(JSON.stringify(value, null, 2))}</pre></details>`;
