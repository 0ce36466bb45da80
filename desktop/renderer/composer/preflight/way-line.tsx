import type { RouteExplanation } from '../../../../common/shapes/route.ts';
import { Icon } from '../../parts/icon.tsx';
import { preflightTexts } from '../../text/preflight.ts';
import { useText } from '../../text/text.ts';

/** How the mail will leave, in small. */
export function WayLine({ way }: { way: RouteExplanation }) {
  const t = useText(preflightTexts);
  const { route, dkim } = way;
  if (route === null) return null;
  const { kind, host, auth } = route;
  const text =
    kind === 'mx'
      ? t(dkim === null ? 'way-direct' : 'way-direct-signed', { host, domain: dkim?.domain ?? '' })
      : t(auth === null ? 'way-through' : 'way-through-as', { host, login: auth ?? '' });
  return (
    <p className="way-line" data-testid="way-line">
      <Icon name="sent" size={14} />
      <span>{text}</span>
    </p>
  );
}
