import { memo, type MouseEvent } from 'react';
import type { MailRow } from '../../../../common/shapes/mail.ts';
import { LabelChip } from '../../mailbox/label-chip.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { profileStore } from '../../profile/profile-store.ts';
import type { ListedRow } from '../../snooze/place-back.ts';
import { formatFullDate, formatRowDate } from '../../text/format.ts';
import { bulkTexts } from '../../text/bulk.ts';
import { mailTexts } from '../../text/mail.ts';
import { languageStore, useText } from '../../text/text.ts';
import { chipName, colourOf } from '../colours.ts';
import type { FoundWords } from './found-words.ts';
import { Marked } from './marked.tsx';
import { flagMails } from '../mail-actions.ts';
import { isUnread } from '../cache/patch-lists.ts';
import { listNames } from '../people.ts';
import { toggleTick } from '../selection/selection.ts';

interface RowProps {
  row: ListedRow;
  found: FoundWords | undefined;
  index: number;
  top: number;
  height: number;
  open: boolean;
  ticked: boolean;
  focusable: boolean;
  box: string;
  onPick: (row: MailRow, event: MouseEvent) => void;
}

/** One mail: unread mark, people, subject and snippet, account chips, marks, date. */
export const Row = memo(function Row({
  row,
  found,
  index,
  top,
  height,
  open,
  ticked,
  focusable,
  box,
  onPick,
}: RowProps) {
  const t = useText(mailTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const { accounts, preferences } = useStore(profileStore);
  const bulk = useText(bulkTexts);
  const unread = row.thread === undefined ? isUnread(row) : row.thread.unread > 0;
  const outgoing = row.role === 'sent' || row.role === 'drafts' || box === 'sent' || box === 'drafts';
  const people = outgoing ? row.to : row.from;
  const names = listNames(people, outgoing ? 3 : 1) || t('nobody');
  const flagged = row.flags.includes('flagged');
  const chips = row.accounts
    .map((id) => accounts.find((account) => account.id === id))
    .filter((account) => account !== undefined);
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={ticked}
      className="row"
      data-testid="message-row"
      data-id={row.id}
      data-unread={unread}
      data-open={open}
      draggable={row.role !== 'drafts'}
      tabIndex={focusable ? 0 : -1}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={(event) => onPick(row, event)}
    >
      <div role="gridcell" className="row-mark">
        <button
          type="button"
          tabIndex={-1}
          className="row-tick"
          aria-pressed={ticked}
          aria-label={t('select')}
          onClick={(event) => {
            event.stopPropagation();
            toggleTick(row.id);
          }}
        >
          {ticked ? <Icon name="check" size={14} /> : null}
        </button>
        {unread ? <span className="row-dot" role="img" aria-label={t('unread')} /> : null}
      </div>
      <div role="gridcell" className="row-people">
        {outgoing && people.length > 0 ? <span className="row-to">{t('to-short')} </span> : null}
        {names}
        {row.thread !== undefined && row.thread.count > 1 ? (
          <span className="row-count" title={bulk('conversation', { n: row.thread.count })}>
            {row.thread.count}
          </span>
        ) : null}
      </div>
      <div role="gridcell" className="row-words">
        <span className="row-subject">
          {found === undefined ? (
            row.subject || t('no-subject')
          ) : (
            <Marked text={row.subject || t('no-subject')} ranges={row.subject === '' ? [] : found.subject} />
          )}
        </span>{' '}
        <span className="row-snippet">
          {found === undefined || found.text === '' ? (
            row.snippet
          ) : (
            <Marked text={found.text} ranges={found.ranges} />
          )}
        </span>
      </div>
      <div role="gridcell" className="row-chips">
        {box === 'search' ? <Place row={row} /> : null}
        {row.labels.slice(0, 2).map((name) => (
          <LabelChip key={name} name={name} />
        ))}
        {(accounts.length > 1 ? chips : []).map((account) => (
          <span
            key={account.id}
            className={`chip hue-${colourOf(accounts, account.id)}`}
            title={account.email}
          >
            <span>{chipName(accounts, account.id)}</span>
          </span>
        ))}
      </div>
      <div role="gridcell" className="row-marks">
        {row.delivery === undefined ? null : (
          <span className="row-troubled" data-send={row.delivery}>
            <Mark icon={row.delivery === 'failed' ? 'warning' : 'clock'} label={t(`send-${row.delivery}`)} />
          </span>
        )}
        {row.back === undefined ? null : <Mark icon="snooze" label={t('came-back')} />}
        {row.flags.includes('answered') ? <Mark icon="reply" label={t('answered')} /> : null}
        {row.flags.includes('forwarded') ? <Mark icon="forward" label={t('forwarded')} /> : null}
        {row.attachments > 0 ? (
          <Mark icon="attachment" label={t('attachments', { n: row.attachments })} />
        ) : null}
        <button
          type="button"
          tabIndex={-1}
          className="row-flag"
          aria-pressed={flagged}
          aria-label={t('flag')}
          title={t('flag')}
          onClick={(event) => {
            event.stopPropagation();
            void flagMails([row.id], flagged ? [] : ['flagged'], flagged ? ['flagged'] : []);
          }}
        >
          <Icon name="flag" size={15} />
        </button>
      </div>
      <div role="gridcell" className="row-date">
        <time dateTime={row.date} title={formatFullDate(row.date, language, preferences.timeZone)}>
          {formatRowDate(row.date, now, language, preferences.timeZone)}
        </time>
      </div>
    </div>
  );
});

/** In what is found: where it is, unless that is the inbox. */
function Place({ row }: { row: MailRow }) {
  const t = useText(mailTexts);
  const { mailboxes } = useStore(profileStore);
  if (row.role === 'inbox') return null;
  const name =
    row.role === null ? mailboxes.find(({ id }) => id === row.mailbox)?.name : t(`role-${row.role}`);
  return name === undefined ? null : (
    <span className="chip chip-place" title={name}>
      <span>{name}</span>
    </span>
  );
}

function Mark({
  icon,
  label,
}: {
  icon: 'reply' | 'forward' | 'attachment' | 'warning' | 'clock' | 'snooze';
  label: string;
}) {
  return (
    <span className="row-icon" role="img" aria-label={label} title={label}>
      <Icon name={icon} size={15} />
    </span>
  );
}
