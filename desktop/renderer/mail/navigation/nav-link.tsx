import { useStore } from '../../parts/store.ts';
import { formatRoute, type MailRoute, type Route } from '../../shell/parse-route.ts';
import { goTo } from '../../shell/route.ts';
import { mailTexts } from '../../text/mail.ts';
import { languageStore, useText } from '../../text/text.ts';

/** Attributes of a link to a place: a press goes there without a load, others open a tab as links do. */
export function linkTo(route: Route, onPick: () => void) {
  return {
    href: formatRoute(route),
    onClick: (event: { preventDefault(): void; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      goTo(route);
      onPick();
    },
  };
}

/** A mailbox, with nothing open in it. */
export function boxRoute(box: string, account: string | null): MailRoute {
  return { view: 'mail', box, account, mail: null, draft: null, query: null };
}

/** A number beside a place, with what it counts for who cannot see it. */
export function Count({
  n,
  unit,
}: {
  n: number;
  unit: 'drafts-count' | 'unread-count' | 'waiting-count' | 'due-count';
}) {
  const t = useText(mailTexts);
  const language = useStore(languageStore);
  if (n === 0) return null;
  return (
    <span className="nav-count">
      <span aria-hidden="true">{n.toLocaleString(language)}</span>
      <span className="unseen">{t(unit, { n })}</span>
    </span>
  );
}
