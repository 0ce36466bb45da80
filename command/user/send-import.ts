import type { Connection } from '../server/connection.ts';
import { callWithToken, type ProfileClient } from '../server/clients.ts';
import { readRefusal, readText } from '../server/http.ts';

/** What the profile-server did, or would do, with a file of users. */
export type UserImport = Awaited<ReturnType<ProfileClient['user']['import']['mutate']>>;

/** Beside tRPC: ten thousand users are more than one call of it takes. */
export async function sendImport(
  connection: Connection,
  input: { csv: string; dryRun: boolean; newCodes: boolean },
): Promise<UserImport> {
  const { url, token } = connection.own;
  const address = `${url}/user/import`;
  const headers = { 'content-type': 'application/json' };
  const answer = await callWithToken(
    address,
    { method: 'POST', headers, body: JSON.stringify(input) },
    token,
  );
  const text = await readText(answer, address);
  if (answer.status !== 200) throw readRefusal(answer.status, text);
  return JSON.parse(text) as UserImport;
}
