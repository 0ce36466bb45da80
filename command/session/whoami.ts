import type { Language } from '../../common/shapes/profile.ts';
import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { formatTable, formatWhen } from '../format.ts';

export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { user, home, session } = await ask(profile.session.whoami.query());
  const words = call.words();
  const admin = user.admin ? ` (${words.administrator})` : '';
  const text = formatTable([
    [words.user, `${user.name}${admin}`],
    [words.language, nameLanguage(user.language, call.language())],
    [words.home, home ?? '–'],
    [words.session, `${words.until} ${formatWhen(session.expiresAt, call.language())}`],
  ]);
  return { value: { user, home, session }, text };
}

function nameLanguage(of: Language, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(of) ?? of;
}
