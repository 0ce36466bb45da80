import { readFileSync } from 'node:fs';
import type { LayerAccount, LayerPart } from '../../common/shapes/layer.ts';
import type { Rule } from '../../common/shapes/rule.ts';
import { readAccountSettings } from '../account/account-options.ts';
import type { Typed } from '../call.ts';
import { makeFileError, makeUsageError, readNumber } from '../failure.ts';

// The words of common/shapes/layer.ts; spelt out here because loading zod would double the start of each command.
export const PARTS = ['accounts', 'identities', 'rules', 'templates', 'preferences', 'contacts'] as const;

/** How each user of an account is called where nothing else is said. */
const OWN_ADDRESS = '{{email}}';

/**
 * What the options say of an item, over what it was (null: a new one): JSON by `--value` or `--value-file`, or an account
 * or a rule by the options that theirs have. MailError usage.
 */
export function readItemValue(typed: Typed, part: LayerPart, before: unknown): unknown {
  const text = typed.text('value');
  const file = typed.text('value-file');
  if (text !== undefined && file !== undefined) {
    throw makeUsageError('not-together', { option: '--value', other: '--value-file' });
  }
  if (text !== undefined) return readJson('--value', text);
  if (file !== undefined) return readJson('--value-file', readText(file));
  if (part === 'accounts') return readAccount(typed, before as LayerAccount | null);
  if (part === 'rules') return readRule(typed, before as Rule | null);
  if (before !== null) return before;
  throw makeUsageError('one-of-two', { option: '--value', other: '--value-file' });
}

function readAccount(typed: Typed, before: LayerAccount | null): LayerAccount {
  if (before === null) {
    for (const option of ['email', 'pop3-host']) {
      if (!typed.has(option)) throw makeUsageError('missing-option', { option: `--${option}` });
    }
  }
  const settings = readAccountSettings(typed, before);
  const { pop3, send } = settings;
  const isNew = before === null;
  const user = isNew && !typed.has('pop3-user') ? OWN_ADDRESS : pop3.user;
  const smtpUser =
    isNew && !typed.has('smtp-user') && send.smtp?.user !== null ? OWN_ADDRESS : send.smtp?.user;
  return {
    ...settings,
    name: typed.text('name') ?? (isNew ? '{{name}}' : before.name),
    pop3: { ...pop3, user },
    send: { ...send, smtp: send.smtp === null ? null : { ...send.smtp, user: smtpUser ?? null } },
    replyTo: typed.text('reply-to') ?? before?.replyTo ?? null,
    signature: readSignature(typed) ?? before?.signature ?? null,
  };
}

function readSignature(typed: Typed): LayerAccount['signature'] | undefined {
  const text = typed.text('signature-file');
  const html = typed.text('signature-html-file');
  if (text === undefined && html !== undefined) {
    throw makeUsageError('only-with', { option: '--signature-html-file', other: '--signature-file' });
  }
  if (text === undefined) return undefined;
  return { text: readText(text), html: html === undefined ? null : readText(html) };
}

function readRule(typed: Typed, before: Rule | null): Rule {
  const script = typed.text('script');
  const name = typed.text('name') ?? before?.name;
  if (name === undefined) throw makeUsageError('missing-option', { option: '--name' });
  if (script === undefined && before === null) throw makeUsageError('missing-option', { option: '--script' });
  const position = typed.text('position');
  return {
    name,
    enabled: before?.enabled ?? true,
    position: position === undefined ? (before?.position ?? 0) : readNumber('--position', position, 0, 1e6),
    script: script === undefined ? (before?.script ?? '') : readText(script),
  };
}

function readJson(option: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw makeUsageError('bad-value', { option, value: text.slice(0, 40), allowed: 'JSON' });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw makeFileError(file, error);
  }
}
