import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MailRow } from '../../../common/shapes/mail.ts';
import { threadQuery } from '../mail/cache/mail-cache.ts';
import { listNames } from '../mail/people.ts';
import { isUnread } from '../mail/cache/patch-lists.ts';
import { Button } from '../parts/button.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { changeMailRoute } from '../shell/route.ts';
import { bulkTexts } from '../text/bulk.ts';
import { formatFullDate, formatRowDate } from '../text/format.ts';
import { mailTexts } from '../text/mail.ts';
import { languageStore, useText } from '../text/text.ts';

/** Mails shown before the rest is asked for. */
const MOST_SHOWN = 6;

export function isShownInConversation({ role }: Pick<MailRow, 'role'>): boolean {
  return role !== 'drafts' && role !== 'trash';
}

/** The other mails of the open mail's conversation, the oldest first, wherever they are. */
export function Conversation({ mail }: { mail: MailRow }) {
  const t = useText(bulkTexts);
  const { data, isError, refetch } = useQuery(threadQuery(mail.id, mail.threadId));
  const [all, setAll] = useState(false);
  if (data === undefined && isError) {
    return (
      <p className="note" role="alert" data-testid="conversation-failed">
        <span>{t('conversation-failed')}</span>
        <Button look="quiet" icon="refresh" onClick={() => void refetch()}>
          {t('retry')}
        </Button>
      </p>
    );
  }
  const mails = (data ?? []).filter(isShownInConversation);
  if (mails.length < 2) return null;
  const shown = all ? mails : mails.slice(-MOST_SHOWN);
  return (
    <nav
      className="conversation"
      aria-label={t('conversation', { n: mails.length })}
      data-testid="conversation"
    >
      <h2>{t('conversation', { n: mails.length })}</h2>
      {shown.length < mails.length ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          {t('conversation-hidden', { n: mails.length - shown.length })}
        </Button>
      ) : null}
      <ul>
        {shown.map((one) => (
          <ConversationLine key={one.id} row={one} open={one.id === mail.id} />
        ))}
      </ul>
    </nav>
  );
}

function ConversationLine({ row, open }: { row: MailRow; open: boolean }) {
  const mail = useText(mailTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  return (
    <li>
      <button
        type="button"
        className="conversation-line"
        aria-current={open ? 'true' : undefined}
        data-unread={isUnread(row)}
        onClick={() => changeMailRoute({ mail: row.id, draft: null })}
      >
        <span className="conversation-who">{listNames(row.from, 1) || mail('nobody')}</span>
        <span className="conversation-words">{row.snippet}</span>
        <time dateTime={row.date} title={formatFullDate(row.date, language, zone)}>
          {formatRowDate(row.date, now, language, zone)}
        </time>
      </button>
    </li>
  );
}
