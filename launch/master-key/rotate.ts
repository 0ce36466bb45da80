import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, Outcome } from '../../command/call.ts';
import { fill } from '../../command/words/words.ts';
import type { RotationView } from '../../profile-server/operate.ts';
import { askServer, type JobPlace } from '../ask-server.ts';
import { askVault, findVault, viewVault } from './vault-status.ts';
import { MASTER_KEY_WORDS } from './words.ts';

const LOOK_EVERY = 500;

/** `master-key rotate [--new-key-file F] [--data-keys] [--no-wait]`: the running server does it; here it is only waited for. */
export async function run(call: Call): Promise<Outcome> {
  const place = findVault(call);
  const file = call.typed.text('new-key-file');
  const job = call.typed.has('data-keys')
    ? { do: 'renew-data-keys' }
    : { do: 'rotate', newKeyFile: file === undefined ? null : resolve(file) };
  const begun = (await askServer(place, job)) as RotationView;
  if (call.typed.has('no-wait')) return viewVault(call, await askVault(place, 'status'));
  return await follow(call, place, begun.id);
}

/** Until it has ended; says meanwhile whom it waits for. */
async function follow(call: Call, place: JobPlace, id: string): Promise<Outcome> {
  const words = MASTER_KEY_WORDS[call.language()];
  let said = '';
  for (;;) {
    const status = await askVault(place, 'status');
    const rotation = status.rotations.find((one) => one.id === id);
    if (rotation === undefined || rotation.endedAt !== null) return viewVault(call, status);
    const waiting = status.processes.filter(({ waitedFor }) => waitedFor).map((one) => one.place);
    const note =
      waiting.length > 0
        ? fill(words.waitsFor, { places: waiting.join(', ') })
        : fill(words.going, { n: rotation.moved });
    if (note !== said) call.note(note);
    said = note;
    await sleep(LOOK_EVERY);
  }
}
