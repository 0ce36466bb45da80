import { writeSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/**
 * A process that listens on argv PORT at each of the addresses that follow, and never accepts: once the queue of one is
 * full, which it sees to itself, the kernel drops every SYN, as a firewall does.
 */
const [port = '', ...addresses] = process.argv.slice(2);
for (const host of addresses) {
  await new Promise<void>((resolve) =>
    createServer().listen({ port: Number(port), host, backlog: 1 }, resolve),
  );
}
// Few fit into a queue of length 1; more wait in vain. Connecting is begun before the event loop can accept, and ends in the kernel.
for (const host of addresses) {
  for (let n = 0; n < 4; n++) connect(Number(port), host).on('error', () => undefined);
}
for (let turn = 0; turn < 10; turn++) await new Promise<void>((resolve) => process.nextTick(resolve));
writeSync(1, 'deaf\n');
// From here on nothing of this process runs: no connection is ever accepted.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
