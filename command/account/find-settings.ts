import { MailError } from '../../common/errors.ts';
import type { AccountSettings } from '../../common/shapes/account.ts';
import type { DiscoveredSettings, Discovery } from '../../common/shapes/discovery.ts';
import type { Call } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { cleanText } from '../report.ts';
import { ask, type Connection } from '../server/connection.ts';
import { askLine } from '../terminal.ts';
import { fill } from '../words/words.ts';
import { INTERVAL, readAccountSettings } from './account-options.ts';
import { formatFound, listNeeds } from './discovery-view.ts';

/** Settings to try for a new account, best first, and the provider's id for signing in there. */
export interface SettingsToTry {
  candidates: AccountSettings[];
  oauth: string | null;
}

/**
 * Settings from the address alone, what was typed over them; says on stderr what was found. MailError `not-found` when nothing
 * was, `usage` when the provider wants something else or a server has to be confirmed and nobody can be asked.
 */
export async function findSettings(
  call: Call,
  connection: Connection,
  email: string,
): Promise<SettingsToTry> {
  const discovery = await ask(connection.storage.discover.find.mutate({ email }));
  const words = call.words();
  for (const line of [
    ...discovery.found.map((one) => formatFound(one, words)),
    ...listNeeds(discovery, call),
  ])
    call.note(line);
  checkWay(discovery, call.typed.has('oauth'));
  const found = await chooseFound(call, discovery);
  return {
    candidates: found.map((one) => readAccountSettings(call.typed, makeBase(email, one))),
    oauth: discovery.provider?.oauth ?? null,
  };
}

/** Refuses what cannot work: no POP3, nothing found, a password where only signing in does. */
function checkWay({ email, provider, found, unencrypted }: Discovery, byOAuth: boolean): void {
  const name = provider?.name ?? '';
  if (provider?.needs.includes('no-pop') === true && found.length === 0) {
    throw new MailError('not-found', `${name} has no POP3`, { reason: 'no-pop', params: { provider: name } });
  }
  if (found.length === 0) {
    const clear = unencrypted === null ? {} : { host: unencrypted.host };
    const reason = unencrypted === null ? 'no-settings' : 'only-unencrypted';
    throw new MailError('not-found', 'no settings found', { reason, params: { email, ...clear } });
  }
  if (provider?.needs.includes('oauth') === true && !byOAuth) {
    throw makeUsageError('oauth-needed', { provider: name });
  }
}

/** Those that need no question; else the first, once the user has agreed to it. */
async function chooseFound(call: Call, { email, found }: Discovery): Promise<DiscoveredSettings[]> {
  const safe = found.filter(({ confirm }) => !confirm);
  const first = found[0];
  if (safe.length > 0 || first === undefined) return safe;
  const { host } = first.pop3;
  const params = { host, domain: email.slice(email.lastIndexOf('@') + 1) };
  if (!process.stdin.isTTY) throw makeUsageError('unconfirmed-server', params);
  const { confirmServer, yes } = call.words();
  const answer = await askLine(cleanText(`${fill(confirmServer, params)} `), true);
  if (answer.trim().toLowerCase() !== yes) throw makeUsageError('unconfirmed-server', params);
  return [first];
}

/** What was found, as the settings under the typed ones; mail leaves by the relay unless --send says otherwise. */
function makeBase(email: string, { pop3, smtp }: DiscoveredSettings): AccountSettings {
  return {
    email,
    name: null,
    pop3,
    send: { way: 'relay', smtp },
    keep: 'always',
    interval: INTERVAL.default,
    adaptive: false,
    paused: false,
    signedInOnly: false,
  };
}
