import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { z } from 'zod';
import { makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';
import { runValija, type CommandOptions, type CommandResult } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

// Keys for a domain and the records to publish, as an administrator gets them.
const shape = z.strictObject({
  domain: z.string(),
  keys: z.array(
    z.strictObject({
      selector: z.string(),
      algorithm: z.enum(['rsa', 'ed25519']),
      madeAt: z.iso.datetime(),
      record: z.strictObject({ name: z.string(), value: z.string().startsWith('v=DKIM1; k=') }),
    }),
  ),
});
const ADMIN = { user: 'admin', password: 'the first administrator 1' };
const ANA = { user: 'ana', password: 'la contraseña de Ana' };
const temp = makeTempDir('relay-dkim');
const dataDir = join(temp.path, 'data');
let server: ServerProcess;

const run = async (args: string[], options: CommandOptions = ADMIN): Promise<CommandResult> =>
  await runValija({ ready: server.ready, dataDir }, ['relay', 'dkim', ...args], options);
const keysOf = (result: CommandResult) => shape.parse(result.json).keys;

before(async () => {
  const args = ['serve', 'profile-server', '--port-base', '0', '--data', dataDir];
  server = await startServer(args, makeEnv({ VALIJA_REGISTRATION: 'open' }));
  const place = { ready: server.ready, dataDir };
  await runValija(place, ['register', '--setup-code', server.ready.setupCode ?? ''], ADMIN);
  await runValija(place, ['register'], ANA);
});
after(async () => {
  await server?.stop();
  temp.remove();
});

test('the first time makes both kinds, the second shows the same, --new adds, --remove takes away', async () => {
  const first = keysOf(await run(['own.test']));
  assert.deepEqual(first.map(({ algorithm }) => algorithm).sort(), ['ed25519', 'rsa']);
  assert.deepEqual(keysOf(await run(['own.test'])), first);
  const more = keysOf(await run(['own.test', '--new', '--algorithm', 'ed25519']));
  assert.deepEqual([more.length, more.at(-1)?.algorithm], [3, 'ed25519']);
  const left = keysOf(await run(['own.test', '--remove', first[0]?.selector ?? '']));
  assert.deepEqual(
    left,
    more.filter(({ selector }) => selector !== first[0]?.selector),
  );
});

test('for people it is what goes into the zone, in strings of 255', async () => {
  const { stdout } = await run(['own.test'], { ...ADMIN, text: true });
  assert.match(stdout, /-rsa\._domainkey\.own\.test TXT "v=DKIM1; k=rsa; p=\S{200,}" "\S+"/);
  for (const [, text = ''] of stdout.matchAll(/"([^"]*)"/g)) assert.ok(text.length <= 255);
});

test('not for everybody, and not for every algorithm', async () => {
  assert.deepEqual([(await run(['own.test'], ANA)).error?.code], ['forbidden']);
  const wrong = await run(['own.test', '--algorithm', 'dsa']);
  assert.deepEqual([wrong.code, wrong.error?.code], [2, 'usage']);
});
