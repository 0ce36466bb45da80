/** How printed mail looks, beside the frame page's own sheet: black on white, nothing in boxes that paper would cut. */
export const PRINT_SHEET = `
@page { margin: 16mm; }
html { overflow: visible; }
body { padding: 0; font-size: 11pt; }
h1 { margin: 0 0 10pt; font-size: 16pt; line-height: 1.25; }
.print-count { margin: -6pt 0 12pt; color: #555; }
.print-mail + .print-mail { margin-top: 20pt; }
.print-head { margin: 0 0 10pt; padding: 6pt 0; border: solid #888; border-width: 1px 0; font-size: 10pt; break-inside: avoid; break-after: avoid; }
.print-head div { display: flex; gap: 8pt; }
.print-head dt { flex: none; width: 70pt; color: #555; }
.print-head dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.print-warning { margin: 0 0 10pt; padding: 4pt 8pt; border: 1px solid #888; font-size: 10pt; }
.print-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.print-left { margin: 6pt 0; color: #555; font-size: 9.5pt; }
.print-files { margin: 12pt 0 0; padding: 6pt 0 0; border-top: 1px solid #888; font-size: 10pt; list-style: none; break-inside: avoid; }
.print-body { contain: layout paint; }
`;

/**
 * Inside of a mail's own tree, before its own styles: the frame page's sheet comes first and scrolls, which paper cannot. Word
 * names the sheets of each mail (`page`), and a new one would begin before it and behind it; what a
 * `body` says of its links would hold for those of all mails.
 */
export const PRINT_TREE_SHEET = `
* { page: auto !important; }
html { overflow: visible; background: none; }
body { padding: 0; }
:where(a[href]) { color: #0b5a55; }
summary { list-style: none; }
`;
