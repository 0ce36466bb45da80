/** A line as a mail's HTML shows it, and the node in which it begins. */
export interface ShownLine {
  text: string;
  start: Node;
}

const MOST = 5000;
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DETAILS DIV DL DT FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION TABLE TBODY TD TH THEAD TR UL'.split(
    ' ',
  ),
);

/** The lines of a mail's HTML, in their order; blank ones are left out. */
export function readLines(content: DocumentFragment): ShownLine[] {
  const lines: ShownLine[] = [];
  let text = '';
  let start: Node | null = null;
  const finish = (): void => {
    if (start !== null && text.trim() !== '') lines.push({ text: text.replace(/\s+/g, ' ').trim(), start });
    text = '';
    start = null;
  };
  const read = (node: Node): void => {
    if (lines.length >= MOST) return;
    if (node.nodeType === 3) {
      const piece = node.nodeValue ?? '';
      if (piece.trim() !== '') start ??= node;
      if (text.length < 4000) text += piece;
      return;
    }
    if (node.nodeName === 'BR') return finish();
    if (node.nodeName === 'STYLE') return;
    const block = BLOCKS.has(node.nodeName);
    if (block) finish();
    for (let child = node.firstChild; child !== null; child = child.nextSibling) read(child);
    if (block) finish();
  };
  read(content);
  finish();
  return lines;
}
