import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { askLine } from '../terminal.ts';
import { fill } from '../words/words.ts';
import { readPassphrase } from './passphrase.ts';
import { writeWhole } from './write-whole.ts';

/** `profile export [--out FILE] [--with-secrets --passphrase-file F]`: JSON without secrets, or all of it sealed. */
export async function run(call: Call): Promise<Outcome | null> {
  const { typed } = call;
  const out = typed.text('out');
  if (!typed.has('with-secrets')) {
    if (typed.has('passphrase-file'))
      throw makeUsageError('not-together', { option: '--passphrase-file', other: '--out' });
    const { profile } = await call.connect();
    const file = await ask(profile.profile.export.query());
    if (out === undefined) return { value: file, text: JSON.stringify(file, undefined, 2) };
    return await save(call, out, Buffer.from(`${JSON.stringify(file, undefined, 2)}\n`), file.items.length);
  }
  if (out === undefined) throw makeUsageError('missing-option', { option: '--out' });
  const passphrase = readPassphrase(call);
  const { profile } = await call.connect();
  const password = call.env['VALIJA_PASSWORD'] || (await askLine(`${call.words().password}: `, false));
  const { file } = await ask(profile.profile.exportSecrets.mutate({ password, passphrase }));
  return await save(call, out, Buffer.from(file, 'base64'), null);
}

async function save(call: Call, out: string, bytes: Buffer, items: number | null): Promise<Outcome> {
  const pieces = (async function* () {
    yield bytes;
  })();
  await writeWhole(out, pieces);
  return {
    value: { file: out, bytes: bytes.length, items },
    text: fill(call.words().profileExported, { out }),
  };
}
