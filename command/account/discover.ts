import { describeError } from '../../common/error-texts/describe.ts';
import type { DiscoveredSettings, Discovery } from '../../common/shapes/discovery.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { formatFound, formatSending, listNeeds } from './discovery-view.ts';

/** `account discover --email A`: what the server finds for the address; nothing is saved. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const email = call.typed.text('email') ?? '';
  const discovery = await ask(connection.storage.discover.find.mutate({ email }));
  return { value: viewDiscovery(discovery), text: formatDiscovery(discovery, call) };
}

/** DISCOVERY of the contract, its keys in order. */
function viewDiscovery({ email, provider, found, unencrypted }: Discovery): Discovery {
  return { email, provider, found: found.map(viewFound), unencrypted };
}

function viewFound(one: DiscoveredSettings): DiscoveredSettings {
  const { source, pop3, smtp, smtpVerified, verified, confirm } = one;
  return { source, pop3, smtp, smtpVerified, verified, confirm };
}

function formatDiscovery(discovery: Discovery, call: Call): string {
  const words = call.words();
  const { email, provider, found, unencrypted } = discovery;
  const rows = [[words.email, email]];
  if (provider !== null) rows.push([words.provider, provider.name]);
  for (const one of found) rows.push(['POP3', formatFound(one, words)]);
  const [first] = found;
  if (first !== undefined) rows.push(['SMTP', formatSending(first, words)]);
  if (found.length === 0) rows.push(['POP3', words.nothingFound]);
  const lines = [formatTable(rows), ...listNeeds(discovery, call)];
  if (found.length === 0 && provider === null && unencrypted === null) {
    const nothing = { code: 'not-found', reason: 'no-settings', params: { email } } as const;
    const { action } = describeError(nothing, call.language());
    if (action !== null) lines.push(action);
  }
  return lines.join('\n');
}
