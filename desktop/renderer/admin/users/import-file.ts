import { callHttp } from '../../session/call-http.ts';
import { profileServer } from '../../session/clients.ts';

export type ImportResult = Awaited<ReturnType<ReturnType<typeof profileServer>['user']['import']['mutate']>>;

/** What a call takes; larger files travel by themselves. */
const LARGEST_CALL = 800_000;

/** With `dryRun` what the file would change; without, changes it. */
export async function importFile(csv: string, dryRun: boolean): Promise<ImportResult> {
  if (csv.length <= LARGEST_CALL) return await profileServer().user.import.mutate({ csv, dryRun });
  const answer = await callHttp('profile', '/user/import', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ csv, dryRun }),
  });
  return (await answer.json()) as ImportResult;
}
