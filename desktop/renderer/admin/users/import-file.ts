import { profileServer } from '../../session/clients.ts';
import { demandOk } from '../../session/problem.ts';
import { serverStore } from '../../session/session.ts';
import { tokenFor } from '../../session/tokens.ts';

export type ImportResult = Awaited<ReturnType<ReturnType<typeof profileServer>['user']['import']['mutate']>>;

/** What a call takes; larger files travel by themselves. */
const LARGEST_CALL = 800_000;

/** With `dryRun` what the file would change; without, changes it. */
export async function importFile(csv: string, dryRun: boolean): Promise<ImportResult> {
  if (csv.length <= LARGEST_CALL) return await profileServer().user.import.mutate({ csv, dryRun });
  const answer = await fetch(`${serverStore.get().url}/user/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenFor('profile')}` },
    body: JSON.stringify({ csv, dryRun }),
  });
  return (await (await demandOk(answer)).json()) as ImportResult;
}
