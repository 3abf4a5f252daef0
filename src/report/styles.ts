/** The colours of charts and text: light, dark where the reader's system is, and light again on paper. */
export const COLOUR_STYLES = `
:root {
  color-scheme: light dark;
  --surface: #ffffff; --panel: #f4f6f8; --ink: #1b1f24; --muted: #57606a; --line: #dfe3e8;
  --gain: #0b7a5b; --loss: #c0352b; --warn: #8a5a00; --warn-panel: #fff4d6;
  --series1: #1f5fbf; --series2: #c26a00; --series3: #7a4fb5; --series4: #0b8a8a;
  --series5: #b8336a; --series6: #5b7a1f; --series7: #8c564b; --series8: #4a5568; --others: #9aa4af;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --surface: #12161b; --panel: #1a2027; --ink: #e6eaef; --muted: #9aa5b1; --line: #2c343d;
    --gain: #3fc598; --loss: #ff7b72; --warn: #f2c14e; --warn-panel: #3a2f12;
    --series1: #6aa8ff; --series2: #f0a742; --series3: #b794f4; --series4: #4fd1c5;
    --series5: #f687b3; --series6: #a3c650; --series7: #d2a08a; --series8: #a0aec0; --others: #6b7682;
  }
}
`;

/** The looks of a page. */
export const STYLES = `${COLOUR_STYLES}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--surface); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main, header, footer { max-width: 1128px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 28px; }
footer { padding-bottom: 40px; color: var(--muted); font-size: 14px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 6px; overflow-wrap: anywhere; }
h2 { font-size: 21px; margin: 44px 0 12px; padding-top: 14px; border-top: 2px solid var(--line); }
h3 { font-size: 17px; margin: 0; }
p { margin: 8px 0; }
.lead { color: var(--muted); margin: 0; overflow-wrap: anywhere; }
.badge {
  display: inline-block; margin: 0 8px 0 0; padding: 2px 10px; border-radius: 4px; font-size: 14px; font-weight: 700;
  letter-spacing: 0.04em; color: var(--warn); background: var(--warn-panel); border: 1px solid var(--warn);
}
.verdict { margin: 22px 0 0; padding: 16px 20px; border-radius: 8px; background: var(--panel); border-left: 6px solid var(--muted); }
.verdict h2 { margin: 0; padding: 0; border: 0; font-size: 15px; font-weight: 600; color: var(--muted); }
.verdict .conclusion { font-size: 26px; line-height: 1.25; font-weight: 700; margin: 2px 0 8px; }
.verdict ul { margin: 8px 0 0; padding-left: 20px; }
.good { border-left-color: var(--gain); } .good .conclusion { color: var(--gain); }
.weak { border-left-color: var(--warn); } .weak .conclusion { color: var(--warn); }
.bad { border-left-color: var(--loss); } .bad .conclusion { color: var(--loss); }
.gain { color: var(--gain); } .doubt { color: var(--warn); } .loss { color: var(--loss); }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 10px; margin: 0 0 18px; padding: 0; }
.tiles div { padding: 10px 14px; border-radius: 8px; background: var(--panel); }
.tiles dt { font-size: 13px; color: var(--muted); }
.tiles dd { margin: 0; font-size: 22px; line-height: 1.3; font-weight: 650; font-variant-numeric: tabular-nums; }
.tiles dd small { display: block; font-size: 13px; font-weight: 400; color: var(--muted); }
.chart { margin: 0 0 30px; min-width: 0; }
figure { margin: 0; }
figcaption p { color: var(--muted); font-size: 14px; margin: 2px 0 6px; }
.pair > * { min-width: 0; } .pair table { width: 100%; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 32px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 4px 0; padding: 0; font-size: 14px; }
.legend i { display: inline-block; width: 14px; height: 10px; margin-right: 7px; border-radius: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
svg { display: block; width: 100%; height: auto; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
svg text { font-family: inherit; font-variant-numeric: tabular-nums; }
.wide ~ .narrow { display: none; }
.scroll {
  overflow-x: auto; max-width: 100%; margin: 8px 0;
  /* A shadow at the side where more is hidden. */
  background:
    linear-gradient(to right, var(--surface) 30%, transparent) left / 36px 100% no-repeat local,
    linear-gradient(to left, var(--surface) 30%, transparent) right / 36px 100% no-repeat local,
    radial-gradient(farthest-side at 0 50%, var(--others), transparent) left / 12px 100% no-repeat scroll,
    radial-gradient(farthest-side at 100% 50%, var(--others), transparent) right / 12px 100% no-repeat scroll;
}
/* Words above the table as long as more of it is to the right: a phone shows no scroll bar. */
.scroll::before {
  content: "scroll for more →"; content: "scroll for more →" / "";
  display: block; position: sticky; left: 0; height: 0; opacity: 0; overflow: hidden; text-align: right;
  color: var(--series1); font-size: 13px; font-weight: 600; line-height: 22px;
}
@supports (animation-timeline: scroll()) {
  @keyframes more { from, 90% { height: 22px; opacity: 1; } to { height: 22px; opacity: 0; } }
  .scroll::before { animation: more linear both; animation-timeline: scroll(nearest inline); }
}
.scroll:focus-visible { outline: 2px solid var(--series1); }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; min-width: 320px; }
caption { text-align: left; color: var(--muted); font-size: 13px; padding: 2px 0 4px; }
th, td { padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; }
.number { text-align: right; }
.number, .text { white-space: nowrap; }
.prose { min-width: 180px; }
details { margin: 6px 0; }
summary { cursor: pointer; font-size: 14px; color: var(--muted); }
.test { margin: 0 0 16px; }
.note { color: var(--muted); font-size: 13px; }
.facts table { width: 100%; } .facts .prose { overflow-wrap: anywhere; }
@media (max-width: 719px) {
  main, header, footer { padding-left: 16px; padding-right: 16px; }
  header { padding-top: 18px; }
  h1 { font-size: 23px; }
  .pair { display: block; }
  .tiles { grid-template-columns: 1fr 1fr; }
  th, td { padding-right: 12px; }
  .tiles dd { font-size: 19px; }
  .wide { display: none; }
  .wide ~ .narrow { display: block; }
  .chart { margin-left: auto; margin-right: auto; max-width: 560px; }
}
@page { margin: 14mm 12mm; }
@media print {
  body { font-size: 10.5pt; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  h1 { font-size: 18pt; } h2 { font-size: 14pt; margin-top: 20pt; } h3 { font-size: 11pt; }
  h2, h3, caption { break-after: avoid; }
  figcaption p, .legend, .note, .tiles dd small { font-size: 8.5pt; } .tiles dd { font-size: 13pt; }
  .tiles div, .verdict { border: 1px solid var(--line); }
  tr, .verdict, .tiles div { break-inside: avoid; }
  .chart { max-width: none; } figure { break-inside: avoid; }
  .wide { display: block; }
  .wide ~ .narrow { display: none; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; }
  .scroll { overflow: visible; background: none; }
  .scroll::before { display: none; }
  table { font-size: 8pt; min-width: 0; }
  th, td { padding: 1.5pt 8pt 1.5pt 0; }
  summary { display: none; }
  details::details-content { content-visibility: visible; display: block; }
}
`;
