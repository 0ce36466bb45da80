import { describeError } from '../../common/error-texts/describe.ts';
import type { RouteExplanation } from '../../common/shapes/route.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill, translate } from '../words/words.ts';

/** `route explain`: the way a mail would take, without sending it. */
export async function run(call: Call): Promise<Outcome> {
  const from = call.typed.text('from') ?? '';
  const to = call.typed.text('to') ?? '';
  const { storage } = await call.connect();
  const explained = await ask(storage.route.explain.query({ from, to }));
  return { value: explained, text: formatRoute(explained, call) };
}

function formatRoute({ from, to, allowed, reason, route, dkim }: RouteExplanation, call: Call): string {
  const words = call.words();
  const said = describeError(
    { code: 'route-refused', reason, params: { from, address: to } },
    call.language(),
  ).message;
  const rows = [
    [words.from, from],
    [words.to, to],
    [words.state, allowed ? words.routeAllowed : fill(words.routeRefused, { reason: said })],
  ];
  if (route !== null) {
    const { kind, host, port } = route;
    const tls = translate(words, 'tls', route.tls);
    rows.push([words.route, fill(kind === 'mx' ? words.routeMx : words.routeSmarthost, { host, port, tls })]);
  }
  if (dkim !== null) rows.push([words.dkim, `${dkim.selector} @ ${dkim.domain}`]);
  return formatTable(rows);
}
