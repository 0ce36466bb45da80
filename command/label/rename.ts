import type { Call, Outcome } from '../call.ts';
import { describeChange } from '../mail/bulk-outcome.ts';
import { ask } from '../server/connection.ts';
import { demandLabel } from './own-labels.ts';

/** `label rename NAME NEW`: in the profile, then on all mails that have it. */
export async function run(call: Call): Promise<Outcome> {
  const [before = '', after = ''] = call.typed.words;
  const connection = await call.connect();
  const own = await demandLabel(connection, before);
  if (own !== null) {
    const { id, revision, colour } = own;
    const value = { name: after, colour };
    await ask(connection.profile.profile.change.mutate({ part: 'labels', id, base: revision, value }));
  }
  const selection = { where: { label: before } };
  return describeChange(
    call,
    await ask(connection.storage.mail.label.mutate({ selection, add: [after], remove: [before] })),
  );
}
