import { formatAddress, parseAddress } from '../header/address-list.ts';
import { readLiteral } from '../language/call.ts';
import type { ActionDefinition } from '../language/definition.ts';
import { SIEVE_LIMITS } from '../limits.ts';

/** RFC 5228 4.2, RFC 3894. */
export const redirectActions: Record<string, ActionDefinition> = {
  redirect: {
    tags: [{ name: 'copy', extension: 'copy' }],
    takes: [['text']],
    check(call, context) {
      const [value] = call.values;
      const address = value?.kind === 'texts' ? readLiteral(value.texts[0]) : null;
      if (address !== null && value !== undefined && readRecipient(address) === null) {
        context.refuse('bad-address', value, { address });
      }
    },
    perform(call, run) {
      const [text = ''] = run.fillAll(call.values[0]);
      const address = readRecipient(text);
      if (address === null) throw run.fail('bad-address', { address: text.slice(0, 320) });
      if (!call.tags.has('copy')) run.keeps = false;
      const before = run.actions.filter((action) => action.kind === 'redirect');
      if (before.some((action) => sameAddress(action.address, address))) return;
      if (before.length >= SIEVE_LIMITS.redirects) {
        throw run.fail('too-many-redirects', { limit: SIEVE_LIMITS.redirects });
      }
      run.add({ kind: 'redirect', address });
    },
  },
};

/** An addr-spec, also as `Name <address>`; null when it is none that mail can be sent to. */
export function readRecipient(text: string): string | null {
  const [, bracketed] = /^[^<>]*<([^<>]*)>\s*$/.exec(text) ?? [];
  const parsed = parseAddress((bracketed ?? text).trim());
  if (parsed === null || parsed.localPart === '' || parsed.domain === '') return null;
  const address = formatAddress(parsed);
  return address.length <= 320 && !/[\x00-\x1f\x7f]/.test(address) ? address : null;
}

/** Domains have no case. */
function sameAddress(one: string, two: string): boolean {
  const fold = (address: string) => {
    const at = address.lastIndexOf('@');
    return address.slice(0, at) + address.slice(at).toLowerCase();
  };
  return fold(one) === fold(two);
}
