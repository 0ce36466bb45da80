import { useState } from 'react';
import type { MailView, Unsubscribing } from '../../../../common/shapes/mail.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { deliveryTexts } from '../../text/delivery.ts';
import { formatFullDate } from '../../text/format.ts';
import { languageStore, useText } from '../../text/text.ts';
import { openLink } from '../links/open-link.ts';

/** The way off the list that a mail came by; the server goes it, or the list's page opens. */
export function UnsubscribeNote({ mail, way }: { mail: string; way: Unsubscribing }) {
  const t = useText(deliveryTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const [busy, setBusy] = useState(false);
  const page = !way.oneClick && way.mailto === null ? way.url : null;
  const unsubscribe = async (): Promise<void> => {
    setBusy(true);
    try {
      const { doneAt, url } = await storageServer().mail.unsubscribe.mutate({ id: mail });
      if (url !== null) openLink(url);
      if (doneAt !== null) keepDone(mail, doneAt);
    } catch (error) {
      tellProblem(toProblem(error), () => void unsubscribe());
    } finally {
      setBusy(false);
    }
  };
  if (way.doneAt !== null) {
    return (
      <p className="note" role="status" data-testid="unsubscribed">
        <Icon name="check" size={17} />
        <span>{t('unsubscribed-on', { date: formatFullDate(way.doneAt, language, zone) })}</span>
      </p>
    );
  }
  return (
    <p className="note list-note" data-testid="unsubscribe">
      <Icon name="list" size={17} />
      <span>{t(page === null ? 'from-list' : 'from-list-page')}</span>
      <button
        type="button"
        className="link-button"
        aria-busy={busy}
        disabled={busy}
        onClick={() => (page === null ? void unsubscribe() : openLink(page))}
      >
        {t('unsubscribe')}
      </button>
    </p>
  );
}

function keepDone(mail: string, doneAt: string): void {
  queries.setQueryData<MailView>(['mail', mail], (known) =>
    known?.unsubscribe ? { ...known, unsubscribe: { ...known.unsubscribe, doneAt } } : known,
  );
}
