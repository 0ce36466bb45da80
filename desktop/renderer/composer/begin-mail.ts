import type { MailtoOrder } from '../../native-api/native-api.ts';
import { forgetWithPerson } from '../session/forget.ts';
import { changeMailRoute } from '../shell/route.ts';
import './is-alone.ts';

/** What the new mail begins with, until it has an id: a composer may be rendered more than once before it stays. */
let wanted: MailtoOrder | null = null;
let begun = 0;
/** Of the new mail that is on the screen, or was last. */
let current = 'new 0';
/** A new mail that was saved goes on in the same composer, now under its id. */
const adopted = new Map<string, string>();
forgetWithPerson(() => {
  wanted = null;
  adopted.clear();
});

export function readWanted(): MailtoOrder | null {
  return wanted;
}

/** Opens the composer with what was asked for; people with their names or without, as they are typed. */
export function beginMail(order: MailtoOrder | null = null): void {
  wanted = order;
  begun += 1;
  current = `new ${begun}`;
  changeMailRoute({ draft: 'new' });
}

/** Back to a new mail that was left without an id: by its key this window still holds it. */
export function returnToMail(key: string): void {
  current = key;
  changeMailRoute({ draft: 'new' });
}

/** What tells one composer from another: stays when the new mail gets its id. */
export function composerKey(draft: string): string {
  return draft === 'new' ? current : (adopted.get(draft) ?? draft);
}

/** `key`: of the composer whose mail got this id; another one may have been begun since. */
export function adoptDraft(id: string, key: string): void {
  if (key === composerKey('new')) wanted = null;
  adopted.set(id, key);
}

/** A mailto: address, strictly: to, cc, bcc, subject and body; all else is ignored (RFC 6068). */
export function beginMailTo(target: URL): void {
  const fields = target.search
    .slice(1)
    .split('&')
    .map((field) => /^([^=]*)=(.*)$/s.exec(field) ?? [])
    .map(([, name = '', value = '']) => ({ name: name.toLowerCase(), value }));
  const all = (name: string): string[] => fields.filter((one) => one.name === name).map(({ value }) => value);
  const read = (name: string): string => decodeField(all(name)[0] ?? '');
  // An encoded comma belongs to its address.
  const list = (values: readonly string[]): string[] =>
    values
      .flatMap((value) => value.split(','))
      .map((one) => decodeField(one).trim())
      // Whoever wrote the link may not say whose address it is.
      .map((one) => /<([^<>]*)>$/.exec(one)?.[1]?.trim() ?? one)
      .filter((one) => one !== '');
  beginMail({
    to: list([target.pathname, ...all('to')]),
    cc: list(all('cc')),
    bcc: list(all('bcc')),
    subject: read('subject').replace(/[\r\n]+/g, ' '),
    body: read('body'),
  });
}

/** What is no percent-encoding stays as it is, and does not keep the rest from being read. A plus sign stands for itself, unlike in forms. */
function decodeField(text: string): string {
  return new URLSearchParams(`=${text.replaceAll('+', '%2B')}`).get('') ?? '';
}
