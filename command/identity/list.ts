import type { Identity } from '../../common/shapes/identity.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatTable } from '../format.ts';
import { listOwnItems } from '../profile-item/own-items.ts';
import { ask } from '../server/connection.ts';
import { viewIdentity } from './own-identities.ts';

/** The From addresses; `default` is the one that new mails begin with, null where the account decides. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const identities = await listOwnItems<Identity>(connection, 'identities');
  const { items } = await ask(connection.profile.profile.read.query({ parts: ['preferences'] }));
  const chosen = items.find(({ id }) => id === 'identity')?.value ?? null;
  identities.sort((a, b) => a.address.localeCompare(b.address));
  const words = call.words();
  const rows = identities.map(({ id, address, name, signature }) => [
    id === chosen ? '*' : ' ',
    id,
    address,
    cut(name ?? '', 40),
    cut(signature?.text.split('\n')[0] ?? '–', 40),
  ]);
  return {
    value: { identities: identities.map(viewIdentity), default: chosen },
    text:
      rows.length === 0
        ? words.noIdentities
        : formatTable([['', words.id, words.email, words.itemName, words.signature], ...rows]),
  };
}
