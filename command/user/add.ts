import { LANGUAGES } from '../../common/shapes/profile.ts';
import { readSecretFile } from '../account/account-secrets.ts';
import type { Call, Outcome } from '../call.ts';
import { readChoice } from '../failure.ts';
import { findGroup } from '../group/find-group.ts';
import { ask, findServer } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `user add NAME [--display-name T] [--group G] [--email A] [--language L] [--initial-password-file F]`: with an invitation, or a first password. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const asked = typed.text('language');
  const language = asked === undefined ? undefined : readChoice('--language', asked, LANGUAGES);
  const file = typed.text('initial-password-file');
  const connection = await call.connect();
  const group = typed.text('group');
  const { user, code } = await ask(
    connection.profile.user.add.mutate({
      name: typed.words[0] ?? '',
      displayName: typed.text('display-name') ?? null,
      email: typed.text('email') ?? null,
      ...(group === undefined ? {} : { group: (await findGroup(connection, group)).id }),
      ...(language === undefined ? {} : { language }),
      ...(file === undefined ? { how: 'invite' } : { how: 'initial', password: readSecretFile(file) }),
    }),
  );
  const words = call.words();
  const how = code === null ? words.userChangesPassword : words.userInvitation;
  const values = { name: user.name, code: code ?? '', server: findServer(call.env) };
  return { value: { user, code }, text: `${fill(words.userAdded, values)}\n${fill(how, values)}` };
}
