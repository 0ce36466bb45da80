import { listLeaves } from '../../mime/part.ts';
import type { MarkedText } from '../index/thread-protocol.ts';
import type { ListForms } from '../query/plan-query.ts';
import type { Query } from '../query/query.ts';
import { readBody, type OpenMail } from '../text/read-mail-text.ts';
import { listSought } from './list-sought.ts';
import { cutSnippet } from './mark-text.ts';

/** Bytes of a mail's text that are looked at for its snippet. */
const LOOK_AT = 128 * 1024;

/** What of a mail's text, or else of its files' names, shows why it was found. */
export async function markMail(mail: OpenMail, query: Query, forms: ListForms): Promise<MarkedText> {
  const sought = listSought(query, forms);
  if (sought.length > 0) {
    const texts = await readBody(mail.root, mail.read);
    const text = Buffer.concat(texts.flatMap((one) => [one, Buffer.from(' ')])).toString('utf8', 0, LOOK_AT);
    const body = cutSnippet(text, sought);
    if (body !== null) return body;
    const names = listLeaves(mail.root).flatMap(({ name }) => (name === null ? [] : [name]));
    for (const name of names) {
      const found = cutSnippet(name, sought);
      if (found !== null) return found;
    }
  }
  return { text: '', ranges: [] };
}
