import type { Call, Outcome } from '../call.ts';
import { describeChange } from '../mail/bulk-outcome.ts';
import { ask } from '../server/connection.ts';
import { demandLabel } from './own-labels.ts';

/** `label remove NAME`: off all mails, then out of the profile. */
export async function run(call: Call): Promise<Outcome> {
  const [name = ''] = call.typed.words;
  const connection = await call.connect();
  const own = await demandLabel(connection, name);
  const selection = { where: { label: name } };
  const change = await ask(connection.storage.mail.label.mutate({ selection, remove: [name] }));
  if (own !== null) {
    const { id, revision } = own;
    await ask(connection.profile.profile.change.mutate({ part: 'labels', id, base: revision, value: null }));
  }
  return describeChange(call, change);
}
