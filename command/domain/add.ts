import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { formatDomain, viewDomains } from './domain-view.ts';

/** `domain add DOMAIN`: lists it, or changes who may use it; without `--user` everybody may. */
export async function run(call: Call): Promise<Outcome> {
  const users = call.typed.texts('user');
  const connection = await call.connect();
  const added = await ask(
    connection.profile.domain.add.mutate({
      domain: call.typed.words[0] ?? '',
      users: users.length === 0 ? null : users,
    }),
  );
  const [view] = await viewDomains(connection, [added]);
  return { value: view, text: view === undefined ? '' : formatDomain(view, call) };
}
