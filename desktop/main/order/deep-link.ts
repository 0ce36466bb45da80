import { ID_PATTERN } from '../../../common/ids.ts';
import type { NativeOrder } from '../../native-api/native-api.ts';
import { parseMailto } from './mailto.ts';

/** The mail that `valija://msg/<id>` names; null for every other address of the scheme. Windows adds a slash at the end. */
export function parseDeepLink(text: string): string | null {
  const id = /^valija:\/\/msg\/([^/?#]*)\/?$/i.exec(text)?.[1] ?? '';
  return ID_PATTERN.test(id) ? id : null;
}

/** What a link that the system hands over asks the client to do; null when it is refused. */
export function readLink(text: string): NativeOrder | null {
  const mail = parseDeepLink(text);
  if (mail !== null) return { kind: 'open', mail };
  const mailto = parseMailto(text);
  return mailto === null ? null : { kind: 'compose', mail: mailto };
}
