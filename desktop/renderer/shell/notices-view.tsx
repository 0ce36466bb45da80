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
      <p>{notice.text}</p>
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
