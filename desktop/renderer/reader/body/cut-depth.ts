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
  const named = new Map<string, number>();
  for (const { 1: slash, 2: written = '', index } of html.matchAll(TAG)) {
    const name = written.toLowerCase();
    const same = named.get(name) ?? 0;
    // An end closes nothing but what it names.
    if (CLOSED.has(name) || (slash !== '' && same === 0)) continue;
    const step = slash === '' ? 1 : -1;
    named.set(name, same + step);
    open += step;
    if (open > MOST_OPEN) return html.slice(0, index);
  }
  return html;
}
