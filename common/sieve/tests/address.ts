import { decodeBytes } from '../header/decode-bytes.ts';
import { parseAddressList } from '../header/address-list.ts';
import type { Call } from '../language/call.ts';
import type { TestDefinition } from '../language/definition.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';
import type { Run } from '../run.ts';
import { ADDRESS_HEADERS } from './address-headers.ts';
import { comparesAll, PART_TAGS, pickPart } from './address-part.ts';
import { checkIndex, INDEX_TAGS, pickIndexed } from './header-index.ts';
import { checkHeaderNames } from './header-names.ts';
import { envelopeTest } from './envelope.ts';

/** RFC 5228 5.1 and 5.4. */
export const addressTests: Record<string, TestDefinition> = {
  address: {
    tags: [...MATCH_TAGS, ...PART_TAGS, ...INDEX_TAGS],
    takes: [['texts', 'texts']],
    check(call, context) {
      checkMatch(call, context);
      checkIndex(call, context);
      checkHeaderNames(call.values[0], context, ADDRESS_HEADERS);
    },
    evaluate(call, run) {
      const names = run.fillAll(call.values[0]);
      const fields = names.flatMap((name) => pickIndexed(call, run.headers.listRaw(name)));
      const values = fields.flatMap((field) => listParts(call, field, run));
      return matchValues(call, run, values, run.fillAll(call.values[1]));
    },
  },
  envelope: envelopeTest,
};

/** What a character of an address costs at worst, in characters looked at. */
const PARSING = 16;

/** A field that holds no addresses is compared as it is, where the whole address is asked for. */
function listParts(call: Call, field: string, run: Run): string[] {
  run.spend(field.length * PARSING);
  const text = decodeBytes(field, 'utf-8');
  const addresses = parseAddressList(text);
  if (addresses.length === 0) return comparesAll(call) ? [text] : [];
  return addresses.map((address) => pickPart(call, address)).filter((part) => part !== null);
}
