import type { MailCore } from './mail-core.ts';
import { findOriginals } from './mail-store.ts';

/** See Mails.verify. Reading and hashing are the blob workers' work. */
export async function verifyMails(
  core: Pick<MailCore, 'db' | 'blobs' | 'ids'>,
  user: string,
  originals: readonly { mail: string; account: string }[],
): Promise<boolean[]> {
  const numbers = originals.map(({ mail }) => core.ids.read(user, mail));
  const rows = new Map(
    (await findOriginals(core.db.read, user, [...new Set(numbers)])).map((row) => [
      `${row.mail}/${row.account}`,
      row,
    ]),
  );
  const found = originals.map(({ account }, index) => rows.get(`${numbers[index]}/${account}`));
  const blobs = [...new Set(found.flatMap((row) => (row === undefined ? [] : [row.header, row.body])))];
  const sizes = await core.blobs.verify(blobs);
  const sizeOf = new Map(blobs.map((id, index) => [id, sizes[index] ?? null]));
  return found.map((row) => {
    if (row === undefined) return false;
    const header = sizeOf.get(row.header) ?? null;
    const body = sizeOf.get(row.body) ?? null;
    return header !== null && body !== null && header + body === row.size;
  });
}
