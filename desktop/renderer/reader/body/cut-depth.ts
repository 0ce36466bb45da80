/** Browsers look through all open elements for each tag: a hundred thousand of them take minutes. */
const MOST_OPEN = 15_000;
const TAG = /<(\/?)([a-z][a-z0-9]*)/gi;
/** Elements that hold nothing, and those that the next of their kind closes: many letters never close them. */
const CLOSED = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option'.split(
    ' ',
  ),
);

/** A mail's HTML up to where more elements are open than any letter has. */
export function cutDepth(html: string): string {
  let open = 0;
  for (const { 1: slash, 2: name = '', index } of html.matchAll(TAG)) {
    if (CLOSED.has(name.toLowerCase())) continue;
    open = Math.max(0, open + (slash === '' ? 1 : -1));
    if (open > MOST_OPEN) return html.slice(0, index);
  }
  return html;
}
