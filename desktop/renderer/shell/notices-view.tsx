import { useEffect, useState } from 'react';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useStore } from '../parts/store.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { dismiss, noticeStore, type Notice } from './notices.ts';

/** The messages at the foot of the window, read out politely. */
export function Notices() {
  const notices = useStore(noticeStore);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const t = useText(shellTexts);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (notice.lasts === null || held) return undefined;
    const timer = setTimeout(() => dismiss(notice.id), notice.lasts);
    return () => clearTimeout(timer);
  }, [notice, held]);
  return (
    <div
      className={`notice notice-${notice.kind}`}
      data-testid="notice"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={notice.kind === 'done' ? 'check' : 'warning'} size={17} />
      {notice.counts === undefined ? (
        <p>
          {notice.text}
          {notice.note ? <small>{notice.note}</small> : null}
        </p>
      ) : (
        <Countdown text={notice.text} counts={notice.counts} lasts={notice.lasts ?? 0} />
      )}
      {notice.action === null ? null : (
        <button
          type="button"
          className="notice-action"
          onClick={() => {
            dismiss(notice.id);
            notice.action?.run();
          }}
        >
          {notice.action.label}
        </button>
      )}
      <IconButton icon="close" label={t('close')} onClick={() => dismiss(notice.id)} />
    </div>
  );
}

function Countdown({
  text,
  counts,
  lasts,
}: {
  text: string;
  counts: (left: number) => string;
  lasts: number;
}) {
  const [end] = useState(() => Date.now() + lasts);
  const [left, setLeft] = useState(lasts);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, end - Date.now())), 250);
    return () => clearInterval(timer);
  }, [end]);
  return (
    <p>
      <span className="unseen">{text}</span>
      <span className="notice-count" aria-hidden="true" data-testid="notice-count">
        {counts(Math.ceil(left / 1000))}
      </span>
    </p>
  );
}
