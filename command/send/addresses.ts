import { addressParser, type Address as Parsed } from 'postal-mime';
import type { Address } from '../../common/shapes/address.ts';
import { makeUsageError } from '../failure.ts';

/** Reads `a@b`, `Name <a@b>`, lists with commas (RFC 5322 3.4; groups become their members). MailError usage. */
export function readAddresses(option: string, values: string[]): Address[] {
  return values.flatMap((value) => {
    const found = addressParser(value).flatMap(listMembers);
    const wrong = found.length === 0 || found.some(({ address }) => !/^[^\s@<>]+@[^\s@<>]+$/.test(address));
    if (wrong) throw makeUsageError('bad-value', { option, value, allowed: 'name@example.org' });
    return found;
  });
}

function listMembers(parsed: Parsed): Address[] {
  if (parsed.group !== undefined) return parsed.group.flatMap(listMembers);
  return [{ name: parsed.name === '' ? null : parsed.name, address: parsed.address ?? '' }];
}
