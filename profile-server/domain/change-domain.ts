import { MailError } from '../../common/errors.ts';
import type { OwnDomain } from '../../common/shapes/sender.ts';
import { formatTime } from '../../common/time.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUserByName } from '../user/user-store.ts';
import { checkDomain } from './domain-rule.ts';
import { listDomains, listDomainUsers, putDomain, removeDomain } from './domain-store.ts';

export async function listOwnDomains(server: ProfileContext): Promise<OwnDomain[]> {
  const { read } = server.db;
  const users = await listDomainUsers(read);
  return (await listDomains(read)).map(({ domain, everybody, added_at }) => ({
    domain,
    everybody: everybody === 1,
    users: users.filter((user) => user.domain === domain).map(({ id, name }) => ({ id, name })),
    addedAt: formatTime(added_at),
  }));
}

/** Lists a domain, or changes who may use it: `users` are names, null is everybody. MailError `invalid`, `not-found`. */
export async function addOwnDomain(
  server: ProfileContext,
  admin: string,
  input: { domain: string; users: readonly string[] | null },
): Promise<OwnDomain> {
  const domain = checkDomain(input.domain);
  await server.db.write(async (tx) => {
    const ids: string[] = [];
    for (const name of input.users ?? []) {
      const user = await findUserByName(tx, foldUserName(name));
      if (user === undefined) {
        throw new MailError('not-found', `no user ${name}`, {
          reason: 'domain-user',
          field: 'user',
          params: { user: name },
        });
      }
      ids.push(user.id);
    }
    const at = server.clock.now();
    const everybody = input.users === null ? 1 : 0;
    await putDomain(tx, { domain, everybody, added_at: at }, ids);
    const detail = { domain, users: input.users === null ? '*' : ids.join(' ') };
    await appendAudit(tx, { at, actor: admin, action: 'domain.add', subject: 'domain', detail });
  });
  return (await listOwnDomains(server)).find((one) => one.domain === domain)!;
}

/** MailError `not-found`. */
export async function removeOwnDomain(server: ProfileContext, admin: string, text: string): Promise<string> {
  const domain = checkDomain(text);
  await server.db.write(async (tx) => {
    if (!(await removeDomain(tx, domain))) {
      throw new MailError('not-found', `${domain} is not listed`, {
        reason: 'domain',
        field: 'domain',
        params: { domain },
      });
    }
    const at = server.clock.now();
    const entry = { at, actor: admin, action: 'domain.remove', subject: 'domain', detail: { domain } };
    await appendAudit(tx, entry);
  });
  return domain;
}
