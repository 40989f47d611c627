/** The page's only style sheet: light, printable, and showing the chosen language alone. */
export const pageStyle = `
:root { color-scheme: light; --ink: #1b2330; --pale: #5d6877; --line: #d9dee5; --accent: #1f5fa8; }
* { box-sizing: border-box; }
html { background: #fff; color: var(--ink); }
body { margin: 0 auto; max-width: 1180px; padding: 20px 24px 60px;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", sans-serif; }
html:not([lang="en"]) [lang="en"], html:not([lang="zh-Hant"]) [lang="zh-Hant"], html:not([lang="zh-Hans"]) [lang="zh-Hans"] { display: none; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: baseline; border-bottom: 1px solid var(--line); padding-bottom: 10px; }
h1 { font-size: 24px; margin: 0; }
h2 { font-size: 18px; margin: 34px 0 10px; }
.kind { color: var(--pale); }
.controls { margin-left: auto; display: flex; gap: 16px; align-items: center; font-size: 14px; }
.state { padding: 2px 10px; border-radius: 12px; border: 1px solid currentColor; font-size: 13px; }
.state.running { color: var(--accent); } .state.finished { color: #236b37; } .state.stopped { color: #94491a; }
.reason { color: #94491a; }
.skip { position: absolute; left: -9999px; } .skip:focus { position: static; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dl.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 12px; margin: 16px 0 0; }
dl.figures div { border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; }
dl.figures dt { color: var(--pale); font-size: 13px; } dl.figures dd { margin: 0; font-size: 20px; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(330px, 1fr)); gap: 16px; }
figure { margin: 0; }
.chart { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px 4px; break-inside: avoid; }
.chart svg { display: block; width: 100%; height: auto; }
figcaption { font-weight: 600; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 14px; }
.key { font-weight: 400; font-size: 13px; display: flex; flex-wrap: wrap; gap: 0 12px; }
.key i { display: inline-block; width: 12px; height: 3px; margin-right: 5px; vertical-align: middle; print-color-adjust: exact; }
.grid { stroke: #e8ebef; } .tick { font-size: 11px; fill: #5d6877; } .mark { stroke: #5d6877; stroke-dasharray: 4 3; }
.note { color: var(--pale); font-size: 14px; max-width: 78ch; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid #edf0f3; }
td.number, th.number { text-align: right; }
th button { font: inherit; font-weight: 600; background: none; border: 0; padding: 2px 0; color: inherit; cursor: pointer; }
th button::after { content: "\\2195"; color: #9aa4b0; padding-left: 5px; }
th[aria-sort="ascending"] button::after { content: "\\2191"; color: var(--accent); }
th[aria-sort="descending"] button::after { content: "\\2193"; color: var(--accent); }
tr.few td { color: #7b8591; }
tr.best td, tr.best th { background: #eef4fb; print-color-adjust: exact; }
.bar { display: inline-block; width: 90px; height: 9px; margin-left: 8px; background: #edf0f3; border-radius: 4px; overflow: hidden; print-color-adjust: exact; }
.bar i { display: block; height: 100%; background: var(--accent); print-color-adjust: exact; }
.cases { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 18px; }
.case { border: 1px solid var(--line); border-radius: 6px; padding: 10px; break-inside: avoid; }
.case .views { display: flex; gap: 8px; } .case .views div { flex: 1; text-align: center; font-size: 12px; color: var(--pale); }
.case img { width: 100%; height: auto; border: 1px solid var(--line); image-rendering: auto; }
.case figcaption { display: block; font-weight: 400; font-size: 14px; margin-bottom: 6px; }
details { margin-top: 12px; } summary { cursor: pointer; font-weight: 600; }
pre { background: #f6f8fa; padding: 12px; overflow: auto; font-size: 12.5px; max-height: 60vh; white-space: pre-wrap; }
footer { margin-top: 40px; color: var(--pale); font-size: 13px; border-top: 1px solid var(--line); padding-top: 8px; }
@media print { .controls, .skip { display: none; } body { max-width: none; padding: 0; } pre { max-height: none; } }
`;

/** Language, sorting and reloading. The page reads the same without it, in English. */
export const pageScript = `
const root = document.documentElement;
const languages = ['en', 'zh-Hant', 'zh-Hans'];
const asked = new URLSearchParams(location.hash.slice(1));
const wish = asked.get('language') ?? navigator.language;
const first = languages.includes(wish) ? wish : /^zh/.test(wish) ? (/hans|cn|sg/i.test(wish) ? 'zh-Hans' : 'zh-Hant') : 'en';
const choose = document.getElementById('language');
const remember = (name, value) => {
  if (value) asked.set(name, value); else asked.delete(name);
  history.replaceState(null, '', '#' + asked);
};
const speak = (language) => { root.lang = language; choose.value = language; };
speak(first);
choose.addEventListener('change', () => { speak(choose.value); remember('language', choose.value); });
const reload = document.getElementById('reload');
if (reload) {
  let timer;
  const set = () => { clearTimeout(timer); if (reload.checked) timer = setTimeout(() => location.reload(), 30000); };
  reload.checked = asked.has('reload');
  reload.addEventListener('change', () => { remember('reload', reload.checked ? 'yes' : ''); set(); });
  set();
}
for (const button of document.querySelectorAll('th button')) {
  button.addEventListener('click', () => {
    const head = button.closest('th');
    const column = head.cellIndex;
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const body = head.closest('table').tBodies[0];
    const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      // What has no value comes last, whichever way.
      if (x === '' || y === '') return (x === '') - (y === '');
      const order = Number.isNaN(+x) || Number.isNaN(+y) ? x.localeCompare(y, root.lang, { numeric: true }) : x - y;
      return down ? -order : order;
    });
    body.append(...rows);
  });
}
addEventListener('beforeprint', () => { for (const one of document.querySelectorAll('details')) one.open = true; });
`;
