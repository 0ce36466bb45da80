import { findField, type RawFields } from './read-header.ts';

/** Where delivering servers write the address that a mail came in for; the first that is there counts. */
const RECIPIENT_FIELDS = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to'];

/**
 * The SMTP envelope as the last server before the maildrop wrote it into the header: POP3 has none. `from` is null
 * where there is no Return-Path, and empty for the null sender; `to` is the account's address where no field says it.
 */
export function readEnvelope(
  fields: RawFields,
  account: { email: string },
): { from: string | null; to: string } {
  const path = findField(fields, 'return-path');
  const named = RECIPIENT_FIELDS.map((name) => readAddress(findField(fields, name)));
  return {
    from: path === null ? null : readReturnPath(path),
    to: named.find((address) => address !== null) ?? account.email,
  };
}

function readReturnPath(value: string): string | null {
  if (/^<\s*>$/.test(value.trim())) return '';
  return readAddress(value);
}

function readAddress(value: string | null): string | null {
  const address = value
    ?.trim()
    .replace(/^<(?:@[^:<>]*:)?|>$/g, '')
    .trim();
  return address !== undefined && /^[^\s<>]+@[^\s<>@]+$/.test(address) && address.length <= 320
    ? address
    : null;
}
