import { readHtml } from '../../common/compose/html-tokens.ts';
import type { RemoteContent } from '../../common/shapes/mail.ts';
import { findTracker } from '../../common/trackers/find-tracker.ts';

/** A picture that a mail wants from elsewhere. */
export interface RemotePicture {
  /** As it stands in the mail, entities decoded, without space around it. */
  source: string;
  /** Where that is. */
  address: string;
  /** Null: nothing says that it counts readers. */
  tracker: null | { host: string; name: string | null };
}

/** More are not offered: the mail is a page of its own then. */
const MOST_PICTURES = 300;
/** A picture of so few pixels each way is nothing to look at. */
const COUNTER = 2;
/** So often only a blank that holds cells of a table apart is used. */
const BLANK = 3;
const LONGEST = 8000;

/** The `img` elements of a mail's HTML that are elsewhere, each address once, in their order. */
export function listPictures(html: string): RemotePicture[] {
  return scan(html).pictures;
}

/** What a mail would fetch from elsewhere if it were let, pictures and styles. */
export function describeRemote(html: string | null): RemoteContent {
  // Most mails want nothing: they need not be read tag by tag.
  if (html === null || !/<img\b|background|url\(|@import/i.test(html)) return { images: 0, trackers: [] };
  const { pictures, backgrounds } = scan(html);
  const trackers = pictures.flatMap(({ tracker }) => (tracker === null ? [] : [tracker]));
  for (const [address] of html.matchAll(IN_STYLES))
    if (backgrounds.size < MOST_PICTURES) backgrounds.add(address);
  return { images: pictures.length + Math.min(backgrounds.size, MOST_PICTURES), trackers };
}

/** Addresses in styles: backgrounds, imported sheets and fonts. They are never shown. */
const IN_STYLES =
  /(?:url\(\s{0,20}|@import\s{1,20})(?:["']|&quot;|&#39;)?(?:https?:)?\/\/[^\s"')<>]{1,2000}/gi;

function scan(html: string): { pictures: RemotePicture[]; backgrounds: Set<string> } {
  const found = new Map<string, { source: string; address: string; small: boolean; times: number }>();
  const backgrounds = new Set<string>();
  for (const token of readHtml(html)) {
    if (token.kind !== 'open') continue;
    const background = token.attributes.get('background');
    if (background !== undefined && readAddress(background) !== null) backgrounds.add(background);
    const source = token.name === 'img' ? (token.attributes.get('src')?.trim() ?? '') : '';
    const address = source === '' ? null : readAddress(source);
    if (address === null) continue;
    const known = found.get(source);
    if (known !== undefined) known.times += 1;
    else if (found.size < MOST_PICTURES) {
      found.set(source, { source, address, small: isUnseen(token.attributes), times: 1 });
    }
  }
  const pictures = [...found.values()].map(({ source, address, small, times }): RemotePicture => {
    const { hostname, pathname, search } = new URL(address);
    const name = findTracker(hostname, pathname + search);
    const counts = name !== undefined || (small && times < BLANK);
    return { source, address, tracker: counts ? { host: hostname, name: name ?? null } : null };
  });
  return { pictures, backgrounds };
}

/** Null for what is no address of the web, such as a part of the mail itself. */
export function readAddress(source: string): string | null {
  const text = source.trim().replace(/[\t\r\n]/g, '');
  if (text.length > LONGEST || !/^(?:https?:)?\/\//i.test(text)) return null;
  const url = URL.parse(text.startsWith('//') ? `https:${text}` : text);
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href;
}

function isUnseen(attributes: ReadonlyMap<string, string>): boolean {
  const style = attributes.get('style') ?? '';
  const sides = (['width', 'height'] as const).map((side) => {
    const styled = new RegExp(
      `(?:^|[;\\s])(?:max-)?${side}\\s*:\\s*(\\d{1,4}(?:\\.\\d{1,3})?)(?:px|\\s*[;!]|$)`,
      'i',
    ).exec(style)?.[1];
    const given = styled ?? /^\s*(\d{1,4})(?:px)?\s*$/.exec(attributes.get(side) ?? '')?.[1];
    return given === undefined ? null : Number(given);
  });
  if (sides.every((side) => side !== null && side <= COUNTER)) return true;
  if (attributes.has('hidden')) return true;
  return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?(?:[;\s!]|$))/i.test(
    style,
  );
}
