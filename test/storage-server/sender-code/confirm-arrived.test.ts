import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identity } from '../../../common/shapes/identity.ts';
import { readRawFields } from '../../../storage-server/filing/read-header.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { confirmArrived, type SenderCodeCore } from '../../../storage-server/sender-code/confirm-arrived.ts';
import { readSenderCode } from '../../../storage-server/sender-code/read-sender-code.ts';

const identity = (id: string, account: string, address: string): Identity => ({
  id,
  account,
  address,
  name: null,
  replyTo: null,
  signature: null,
});
const SENDERS = [identity('idn_1', 'acc_1', 'Ana@x.test')];
const HEADER =
  'From: valija@h.test\nTo: <ana@x.test>\nAuto-Submitted: auto-generated\nX-Valija-Sender-Code: 12345678';
const read = (header: string) =>
  readSenderCode(readRawFields(Buffer.from(header.replaceAll('\n', '\r\n'))), SENDERS);

const CASES: [string, string, string | null][] = [
  ['a code', HEADER, '12345678'],
  ['for another address', HEADER.replace('ana@', 'bob@'), null],
  ['for two', HEADER.replace('<ana@x.test>', '<ana@x.test>, bob@x.test'), null],
  ['too short', HEADER.replace('12345678', '1234'), null],
  ['in a forwarded or written mail', HEADER.replace('auto-generated', 'no'), null],
  ['none', HEADER.replace('X-Valija-Sender-Code', 'X-Other'), null],
];
for (const [name, header, code] of CASES) {
  test(`${name}: ${code ?? 'nothing'}`, () => assert.equal(read(header)?.code ?? null, code));
}

test('the profile-server is told after the commit, of the account that fetched it only', async () => {
  const told: unknown[] = [];
  const identities = [...SENDERS, identity('idn_2', 'acc_2', 'b@x.test')];
  const core = {
    home: { readProfile: async () => ({ identities }) },
    log: silentLogger,
    profile: { sender: { confirmArrived: { mutate: async (input: unknown) => void told.push(input) } } },
  } as unknown as SenderCodeCore;
  const filing = confirmArrived(core, { file: async () => null });
  const source = Buffer.from(`${HEADER}\n\nx\n`.replaceAll('\n', '\r\n'));
  const mail = { account: '', mailbox: 'mbx', source, received: 0, flags: [], sendKey: null };
  const arrive = async (account: string) =>
    await filing.file({ user: 'user_1', account, importing: false }, [{ ...mail, account }]);
  assert.equal(await arrive('acc_2'), null, 'through another account it proves nothing');
  const filed = await arrive('acc_1');
  assert.deepEqual(told, []);
  filed?.finish();
  assert.deepEqual(told, [{ user: 'user_1', identity: 'idn_1', code: '12345678' }]);
});
