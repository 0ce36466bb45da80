import type { ProfileFile } from '../../common/archive/profile-file.ts';
import type { Connection } from '../server/connection.ts';
import { callWithToken } from '../server/clients.ts';
import { readRefusal, readText } from '../server/http.ts';
import type { Skipped } from './name-skipped.ts';

/** What the profile-server did with the items of a file. */
export interface ProfileImport {
  added: number;
  changed: number;
  there: number;
  skipped: Skipped[];
}

/** Puts a profile file into the user's profile; a sealed one in base64 with its passphrase. */
export async function sendProfile(
  connection: Connection,
  input: { profile: ProfileFile } | { file: string; passphrase: string },
): Promise<ProfileImport> {
  const { url, token } = connection.own;
  const address = `${url}/profile/import`;
  const headers = { 'content-type': 'application/json' };
  const answer = await callWithToken(
    address,
    { method: 'POST', headers, body: JSON.stringify(input) },
    token,
  );
  const text = await readText(answer, address);
  if (answer.status !== 200) throw readRefusal(answer.status, text);
  return JSON.parse(text) as ProfileImport;
}
