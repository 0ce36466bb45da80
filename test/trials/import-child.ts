import { createReadStream } from 'node:fs';
import { armCrashPoints } from '../../server-kit/crash-point.ts';
import { makeSpoolPlace } from '../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../storage-server/transfer/read-import.ts';
import { runImport } from '../../storage-server/transfer/run-import.ts';
import { openMailRig } from '../storage-server/mail-rig.ts';

/** Imports FILE into the store of DIR for USER and dies when it passes crash point NAME for the Nth time: argv DIR USER FILE NAME N. */
const [dir = '', user = '', file = '', name = '-', nth = '0'] = process.argv.slice(2);
let left = Number(nth);
armCrashPoints((reached) => {
  if (reached === name && --left === 0) process.kill(process.pid, 'SIGKILL');
});
const rig = await openMailRig(dir, null);
const place = await makeSpoolPlace(dir);
const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
const core = { ...rig.core, mails: rig.mails, random };
const findings = readImport(createReadStream(file), { place, name: 'box', now: rig.clock.now() });
process.stdout.write('begun\n');
const result = await runImport(core, user, findings, { mailbox: null, replace: false });
process.stdout.write(`${JSON.stringify(result)}\n`);
await rig.stop();
