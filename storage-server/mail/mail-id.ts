import { createHmac } from 'node:crypto';
import { MailError } from '../../common/errors.ts';

/** Between the numbers of a user's rows and the ids on the wire, which name the user too: another user's id is refused unread. */
export interface MailIds {
  mail(user: string, number: number): string;
  thread(user: string, number: number): string;
  /** MailError `not-found` for an id that is not one of this user's. */
  read(user: string, id: string): number;
  readThread(user: string, id: string): number;
}

export function makeMailIds(key: Uint8Array): MailIds {
  const tags = new Map<string, string>();
  const tagOf = (user: string): string => {
    let tag = tags.get(user);
    if (tag === undefined) {
      tag = createHmac('sha256', key).update(user).digest('hex').slice(0, 12);
      if (tags.size > 10_000) tags.clear();
      tags.set(user, tag);
    }
    return tag;
  };
  const read = (kind: 'm' | 't', user: string, id: string): number => {
    const match = /^([mt])([0-9a-z]{1,10})-([0-9a-f]{12})$/.exec(id);
    if (match === null || match[1] !== kind || match[3] !== tagOf(user)) {
      throw new MailError('not-found', 'no such mail', { reason: 'mail' });
    }
    return Number.parseInt(match[2] ?? '', 36);
  };
  return {
    mail: (user, number) => `m${number.toString(36)}-${tagOf(user)}`,
    thread: (user, number) => `t${number.toString(36)}-${tagOf(user)}`,
    read: (user, id) => read('m', user, id),
    readThread: (user, id) => read('t', user, id),
  };
}
