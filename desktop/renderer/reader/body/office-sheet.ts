/** Outlook and Word write one into every mail, also where its writer chose no colour. */
const OFFICE = /\bMsoNormal\b/;
const OF_LINKS = /^(?:a(?::\w+)?|span\.MsoHyperlink\w*)$/i;
const COLOUR = /^\s*(?:background|background-color|color)\s*:\s*(.*?)\s*$/is;
/** What follows the page. */
const NO_COLOUR = /^(?:windowtext|inherit|auto|)$/i;

interface CssRule {
  /** What stands in front of the selector. */
  before: string;
  selector: string;
  declarations: string[];
}

function readRules(sheet: string): CssRule[] {
  return sheet.split('}').map((piece) => {
    const open = piece.lastIndexOf('{');
    if (open === -1) return { before: piece, selector: '', declarations: [] };
    const begin = piece.lastIndexOf('{', open - 1) + 1;
    return {
      before: piece.slice(0, begin),
      selector: piece.slice(begin, open),
      declarations: piece.slice(open + 1).split(';'),
    };
  });
}

function isOfLinks({ selector }: CssRule): boolean {
  return selector.split(',').every((one) => OF_LINKS.test(one.trim()));
}

/** Whether a style sheet gives a mail a look of its own. Colours of links alone are Outlook's and Word's, not the writer's. */
export function bringsColours(sheet: string): boolean {
  if (!OFFICE.test(sheet)) return true;
  return readRules(sheet).some(
    (rule) =>
      !isOfLinks(rule) && rule.declarations.some((one) => !NO_COLOUR.test(COLOUR.exec(one)?.[1] ?? '')),
  );
}

/** The sheet without the colours of links, which are dark on a dark page. */
export function dropLinkColours(sheet: string): string {
  return readRules(sheet)
    .map((rule) => {
      const { before, selector, declarations } = rule;
      if (selector === '') return before;
      const kept = isOfLinks(rule) ? declarations.filter((one) => !COLOUR.test(one)) : declarations;
      return `${before}${selector}{${kept.join(';')}`;
    })
    .join('}');
}
