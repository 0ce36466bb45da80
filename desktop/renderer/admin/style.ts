/** The look of the admin area. It comes with its chunk: the first style sheet is for everybody, and this is for few. */
const STYLE = `
.admin-page { max-width: 1180px; }
.admin-nav .nav-name { overflow-wrap: anywhere; white-space: normal; }
.admin-page h2 { font-size: 16px; }
.admin-page h3 { font-size: 14px; }
.admin-page section { display: grid; gap: 12px; min-width: 0; }
.admin .dialog-body { display: grid; gap: 14px; align-content: start; }
.admin .dialog-body > .dialog-foot { padding: 4px 0 2px; }
.admin-count { color: var(--ink-2); margin-bottom: -12px; }
.admin-filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(180px, 100%), 1fr)); gap: 12px; align-items: end; }
.admin-filters .button { justify-self: start; }
.admin .cut { display: block; min-width: 0; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.admin .plain-list { display: grid; gap: 6px; margin: 0; padding: 0; list-style: none; }
.admin .plain-list li { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; overflow-wrap: anywhere; }
.badge-warm { background: var(--warm-wash); color: var(--warm); }
.bad-number { color: var(--bad); }
.note-good { background: var(--good-wash); color: var(--good); }
.admin p.note { display: flex; gap: 8px; align-items: center; }
.window-table { max-height: min(68vh, 760px); overflow: auto; border: 1px solid var(--line); border-radius: 12px; }
.window-head { position: sticky; top: 0; z-index: 1; background: var(--wash); border-bottom: 1px solid var(--line); color: var(--ink-3); font-size: 12px; font-weight: 550; }
.window-body { position: relative; }
.window-row { display: grid; gap: 14px; align-items: center; padding: 0 14px; }
.window-head .window-row { min-height: 34px; }
.window-body .window-row { position: absolute; inset-inline: 0; top: 0; border-bottom: 1px solid var(--line); }
.window-body .window-row:hover { background: var(--hover); }
.window-row > div { min-width: 0; }
.window-row small { color: var(--ink-3); font-size: 12px; line-height: 1.25; }
.window-row .link-button { max-width: 100%; padding: 1px 0; margin: -1px 0; }
.window-row .badge { white-space: nowrap; }
.window-row [role=cell] > .badge + .badge { margin-inline-start: 4px; }
.window-row input[type=checkbox] { width: 20px; height: 20px; margin: 2px; accent-color: var(--accent); }
.window-table[data-narrow=true] .window-head { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.window-table[data-narrow=true] .window-row { grid-template-columns: minmax(0, 1fr) auto; gap: 2px 10px; align-content: center; }
.window-table[data-narrow=true] [data-column=why] { grid-column: 1 / -1; color: var(--ink-2); font-size: 13px; }
.window-table[data-narrow=true] .window-row:has([data-column=tick]) { grid-template-columns: auto minmax(0, 1fr) auto; }
.window-table[data-narrow=true] .window-row > [data-column=at] { grid-column: 1 / -1; font-size: 12px; color: var(--ink-3); }
.plain-table { overflow-x: auto; min-width: 0; }
.plain-table table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.plain-table caption { padding: 4px 0; text-align: start; font-weight: 650; }
.plain-table th, .plain-table td { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: middle; }
.plain-table thead th { color: var(--ink-3); font-size: 12px; font-weight: 550; }
.plain-table td { white-space: nowrap; }
.plain-table tbody th { font-weight: 550; overflow-wrap: anywhere; min-width: 90px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 0; padding: 0; list-style: none; }
.tile { display: grid; gap: 2px; padding: 16px 18px; border: 1px solid var(--line); border-radius: 12px; color: var(--ink-2); text-decoration: none; }
.tile:hover { background: var(--hover); }
.tile strong { color: var(--ink); font-size: 28px; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tile[data-bad=true] { border-color: var(--bad); background: var(--bad-wash); color: var(--bad); }
.tile[data-bad=true] strong { color: var(--bad); }
.heat-scroller { overflow-x: auto; padding-bottom: 6px; }
.heat-map { display: grid; grid-template-columns: minmax(120px, 170px) repeat(48, minmax(12px, 1fr)); gap: 3px 2px; align-items: center; min-width: 860px; }
.heat-name { position: sticky; inset-inline-start: 0; padding-inline-end: 8px; background: var(--paper); font-size: 13px; }
.heat-hour { overflow: visible; color: var(--ink-3); font-size: 11px; white-space: nowrap; width: 0; }
.heat-cell { height: 20px; border-radius: 3px; border: 1px solid transparent; background: var(--sunken); }
.heat-cell[data-level=none] { background: none; border: 1px dotted var(--line-strong); }
.heat-cell[data-level=good] { background: var(--good-wash); border-color: var(--good); }
.heat-cell[data-level=some] { background: linear-gradient(to top, var(--warm) 30%, var(--warm-wash) 30%); border-color: var(--warm); }
.heat-cell[data-level=many] { background: linear-gradient(to top, var(--bad) 60%, var(--bad-wash) 60%); border-color: var(--bad); }
.heat-cell[data-level=all] { background: var(--bad); border-color: var(--bad); }
.heat-legend { display: flex; flex-wrap: wrap; gap: 6px 16px; margin: 0; padding: 0; list-style: none; color: var(--ink-2); font-size: 13px; }
.heat-legend li { display: flex; align-items: center; gap: 6px; }
.heat-legend .heat-cell { width: 16px; }
.drop { display: grid; justify-items: center; gap: 8px; padding: 22px; border: 2px dashed var(--line-strong); border-radius: 12px; text-align: center; cursor: pointer; }
.drop:focus-within { outline: 2px solid var(--accent-strong); outline-offset: 2px; }
.csv-head { display: block; padding: 8px 10px; border-radius: 8px; background: var(--sunken); font-size: 12px; overflow-wrap: anywhere; }
.import-outlook { display: grid; gap: 12px; min-width: 0; }
.import-outlook .plain-table { max-height: 38vh; overflow-y: auto; }
.bare-set { display: grid; gap: 14px; min-width: 0; margin: 0; padding: 0; border: 0; }
.free { display: inline-flex; align-items: center; gap: 8px; white-space: nowrap; }
.code-slip { display: grid; gap: 12px; padding: 16px; border: 1px dashed var(--line-strong); border-radius: 12px; }
.admin details > summary { cursor: pointer; font-weight: 600; }
.admin .facts-list dd { overflow-wrap: anywhere; }
@media (max-width: 999px) {
  .plain-table th, .plain-table td { padding-inline-end: 7px; }
}
@media (max-width: 719px) {
  .admin .settings-nav { flex-wrap: nowrap; align-items: center; overflow-x: auto; scrollbar-width: thin; }
  .admin .settings-nav .nav-list { flex-wrap: nowrap; }
  .admin .settings-nav .nav-link { white-space: nowrap; }
  .admin-filters { grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr)); }
  .heat-map { grid-template-columns: 110px repeat(48, 12px); min-width: 0; }
}
@media print {
  body * { visibility: hidden; }
  .code-slip, .code-slip * { visibility: visible; }
  .code-slip { position: fixed; inset: 0; }
}
@media (forced-colors: active) {
  .heat-cell { forced-color-adjust: none; }
}
`;

let worn = false;

/** Gives the page the look of this area, once. */
export function wearAdminStyle(): void {
  if (worn) return;
  worn = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
}
