/** What a mail's HTML says of its page as a whole: attributes and styles of its `body`, by their names. */
export interface PageLooks {
  attributes: ReadonlyMap<string, string>;
  styles: ReadonlyMap<string, string>;
}

export const NO_LOOKS: PageLooks = { attributes: new Map(), styles: new Map() };

const ATTRIBUTES = ['class', 'dir', 'lang', 'bgcolor', 'text', 'link', 'vlink'];
/** Nothing that moves or hides the page, or fetches anything. */
const STYLES =
  'background-color color direction font-family font-size font-style font-weight line-height text-align'.split(
    ' ',
  );
/** What `background` gives to all that it does not name. */
const UNSAID = /^(?:|initial|none)$/;

/** Of a `body` whose attributes are clean; `background`: it had one that was taken off. */
export function readPageLooks(body: HTMLElement, background: boolean): PageLooks {
  const attributes = ATTRIBUTES.map((name) => [name, body.getAttribute(name) ?? ''] as const);
  const styles = STYLES.map((name) => [name, body.style.getPropertyValue(name)] as const);
  const looks = {
    attributes: new Map(attributes.filter(([, value]) => value !== '')),
    styles: new Map(styles.filter(([, value]) => !UNSAID.test(value))),
  };
  const picture = background || !UNSAID.test(body.style.getPropertyValue('background-image'));
  if (picture && !looks.attributes.has('bgcolor') && !looks.styles.has('background-color')) {
    // Letters for a picture that is not there may be as white as the page.
    looks.attributes.delete('text');
    looks.styles.delete('color');
  }
  return looks;
}

/** White letters without the dark page below them would not be seen. */
export function dressPage(body: HTMLElement, { attributes, styles }: PageLooks): void {
  body.removeAttribute('style');
  for (const name of ATTRIBUTES) {
    const value = attributes.get(name);
    if (value === undefined) body.removeAttribute(name);
    else body.setAttribute(name, value);
  }
  for (const [name, value] of styles) body.style.setProperty(name, value);
}

/** On a page without colours of its own they are its program's, and dark where the page is dark. */
export function withoutLinkColours({ attributes, styles }: PageLooks): PageLooks {
  return { attributes: new Map([...attributes].filter(([name]) => !/^v?link$/.test(name))), styles };
}

/** The page has colours of its own. */
export function hasColours({ attributes, styles }: PageLooks): boolean {
  return ['bgcolor', 'text'].some((name) => attributes.has(name)) || /color/.test([...styles.keys()].join());
}
