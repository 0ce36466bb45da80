import type { Connection } from '../server/connection.ts';
import { callWithToken } from '../server/clients.ts';
import { readRefusal, readText } from '../server/http.ts';

/** What the profile-server did, or would do, with a file of users. */
export interface UserImport {
  added: { line: number; name: string; group: string | null; how: 'invite' | 'initial' }[];
  changed: {
    line: number;
    name: string;
    fields: { field: string; before: string | null; after: string | null }[];
  }[];
  same: number;
  groups: string[];
  problems: { line: number; reason: string; params: Record<string, string | number> }[];
  done: boolean;
  codes: { name: string; code: string }[];
}

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
