/** The style of the synoptic page; prints in black on white, marks kept as underlines. */
export const pageStyle = `:root { color-scheme: light dark; --line: #0f766e; --lit: #99f6e4; --mark: #ccfbf1; --warn: #b45309; --ink: #1c1917; --paper: #fff; --faint: #57534e; }
@media (prefers-color-scheme: dark) { :root { --line: #5eead4; --lit: #115e59; --mark: #134e4a; --warn: #fbbf24; --ink: #f5f5f4; --paper: #1c1917; --faint: #a8a29e; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1rem; margin: 0 0 .5rem; } header p, .silent, .code { color: var(--faint); }
main { display: grid; gap: 2rem; grid-template-columns: minmax(22rem, 1fr) 1fr; align-items: start; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #a8a29e66; }
th[scope=row] { font-weight: 500; } .code { font: 13px/1.7 ui-monospace, monospace; white-space: nowrap; }
.report { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 42rem; }
a { color: inherit; text-decoration: none; } td a { text-decoration: underline; text-underline-offset: 3px; text-decoration-color: var(--line); }
a:focus-visible, :target { outline: 2px solid var(--line); outline-offset: 2px; }
mark { background: var(--mark); color: inherit; border-bottom: 2px solid var(--line); }
mark.conflict { background: none; border-bottom: 3px double var(--warn); } mark.unmapped { background: none; border-bottom: 2px dotted var(--faint); }
.conflict strong { color: var(--warn); } .unmapped td, .unmapped th { color: var(--faint); }
@media (max-width: 50rem) { main { grid-template-columns: 1fr; } }
@media print { body { padding: 0; font-size: 11pt; } main { display: block; } section { break-inside: avoid-page; margin-bottom: 1rem; } mark, [data-row] { background: none !important; outline: none !important; } }`;
