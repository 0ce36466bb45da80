import { evaluate } from '../../../common/sieve/evaluate.ts';
import type { SieveMail } from '../../../common/sieve/mail.ts';
import { parseScript } from '../../../common/sieve/parse-script.ts';
import { readBody } from '../../../storage-server/filing/ask/read-body.ts';
import { readRawFields } from '../../../storage-server/filing/read-header.ts';
import { findBody } from '../../../storage-server/mime/split.ts';
import { describeActions } from './describe-actions.ts';
import type { Pair } from './pairs/pair.ts';

export const FROM = 'sender@example.org';
export const TO = 'me@example.com';

export function encodeMail(mail: string | Buffer): Buffer {
  return typeof mail === 'string' ? Buffer.from(mail.replace(/\n/g, '\r\n'), 'utf8') : mail;
}

/** A mail as the store gives it to rules. */
export function readMail(source: Buffer, envelope: { from: string; to: string }): SieveMail {
  const begin = findBody(source);
  const header = source.subarray(0, begin);
  return {
    headers: readRawFields(header),
    size: source.length,
    envelope,
    account: { id: 'acc_1', email: TO },
    body: () => readBody(header, source.subarray(begin), null),
  };
}

/** What our own engine does with a pair, in the words of `sieve-test`. */
export function runPair({ script, mail, from = FROM, to = TO }: Pair): string {
  const parsed = parseScript(script);
  if ('errors' in parsed) return 'refused';
  const now = Date.UTC(2026, 2, 3, 12);
  return describeActions(evaluate(parsed.script, readMail(encodeMail(mail), { from, to }), { now }));
}
