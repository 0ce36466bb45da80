import { describeError } from '../../common/error-texts/describe.ts';
import type { ErrorText } from '../../common/error-texts/error-text.ts';
import type { RouteExplanation } from '../../common/shapes/route.ts';
import type { Call, Outcome } from '../call.ts';
import { describeHere } from '../describe-here.ts';
import { makeUsageError } from '../failure.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill, translate, type Words } from '../words/words.ts';

/** `route explain`: the way a mail would take, without sending it. */
export async function run(call: Call): Promise<Outcome> {
  const from = call.typed.text('from') ?? '';
  const [to = '', ...more] = call.typed.texts('to');
  if (more.length > 0) throw makeUsageError('option-once', { option: '--to' });
  const { storage } = await call.connect();
  const explained = await ask(storage.route.explain.query({ from, to }));
  return { value: makeRouteValue(explained), text: formatRoute(explained, call) };
}

/** For programs, with the fields of the contract and no others. */
function makeRouteValue({ dkim, ...same }: RouteExplanation) {
  return { ...same, dkim: dkim === null ? null : { domain: dkim.domain, selector: dkim.selector } };
}

function formatRoute(explained: RouteExplanation, call: Call): string {
  const { from, to, allowed, route, dkim, dmarc, tlsPolicy, decidedBy } = explained;
  const words = call.words();
  const said = describeWhy(explained, call);
  const rows = [
    [words.from, from],
    [words.to, to],
    [words.state, allowed ? words.routeAllowed : fill(words.routeRefused, { reason: said?.message ?? '' })],
  ];
  if (allowed && said !== null) rows.push([words.problem, said.message]);
  if (said !== null && said.action !== null) rows.push([words.remedy, said.action]);
  if (decidedBy !== null) rows.push([words.whySender, translate(words, 'decided', decidedBy)]);
  if (route !== null) {
    const { kind, host, port } = route;
    const tls = translate(words, 'tls', route.tls);
    rows.push([words.route, fill(kind === 'mx' ? words.routeMx : words.routeSmarthost, { host, port, tls })]);
  }
  if (tlsPolicy !== null) rows.push([words.tlsPolicy, translate(words, 'tlsPolicy', tlsPolicy)]);
  if (dkim !== null) rows.push([words.dkim, formatKey(dkim, words)]);
  if (dmarc !== null) rows.push([words.dmarc, formatDmarc(dmarc, words)]);
  return formatTable(rows);
}

/** What is wrong and what helps; null when nothing is. The recipient's troubles have their own sentences. */
function describeWhy({ reason, remedy, params }: RouteExplanation, call: Call): ErrorText | null {
  if (reason === null) return null;
  const language = call.language();
  const plain = describeError({ code: 'recipient-refused' }, language).message;
  const about = describeHere({ code: 'recipient-refused', reason, params }, language);
  if (remedy === null && about.message !== plain) return about;
  return describeHere({ code: 'route-refused', reason: remedy ?? reason, params }, language);
}

/** The key that would sign; nobody believes it before its record is in DNS. */
function formatKey({ selector, domain, state }: NonNullable<RouteExplanation['dkim']>, words: Words): string {
  const key = `${selector} @ ${domain}`;
  return state === 'published' ? key : `${key}: ${translate(words, 'dkim', state)}`;
}

function formatDmarc(
  { domain, policy, aligned }: NonNullable<RouteExplanation['dmarc']>,
  words: Words,
): string {
  return fill(words.dmarcOf, {
    domain,
    policy: translate(words, 'policy', policy ?? 'unknown'),
    aligned: translate(words, 'aligned', aligned ?? 'none'),
  });
}
