import { useEffect, useRef, useState, type RefObject } from 'react';
import type { MailView } from '../../../../common/shapes/mail.ts';
import { Skeleton } from '../../parts/states.tsx';
import { deliveryTexts } from '../../text/delivery.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { chooseCanvas } from './canvas.ts';
import { useDark } from './use-dark.ts';
import { fillFrame, type FilledFrame, type Filling } from './fill-frame.ts';
import { useRemoteImages } from '../pictures/remote-images.ts';
import { RemoteNote } from '../pictures/remote-note.tsx';
import type { CleanMail } from './sanitise.ts';

/** The frame's page has its own policy: nothing is fetched and nothing runs. */
const FRAME_SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

/** A mail's HTML, made harmless, in a frame without scripts. */
export function HtmlBody({
  mail,
  html,
  onFollow,
}: {
  mail: MailView;
  html: string;
  onFollow: (text: string, href: string) => void;
}) {
  const t = useText(mailTexts);
  const isDark = useDark();
  const frame = useRef<HTMLIFrameElement>(null);
  const filled = useRef<FilledFrame | null>(null);
  const [clean, setClean] = useState<Omit<CleanMail, 'content'> | null>(null);
  /** Null: as the mail and the theme have it. */
  const [chosen, setChosen] = useState<'light' | 'dark' | null>(null);
  const [ready, setReady] = useState(false);
  const follow = useRef(onFollow);
  useEffect(() => {
    follow.current = onFollow;
  });
  const quoteLabel = t('show-quoted');
  const signatureLabel = useText(deliveryTexts)('signature');
  const images = useRemoteImages(mail);
  const { pictures } = images;
  useEffect(() => {
    if (!ready) return undefined;
    const stop = new AbortController();
    void showMail(frame, stop.signal, {
      mail: { id: mail.id, parts: mail.parts },
      html,
      pictures,
      labels: { quote: quoteLabel, signature: signatureLabel },
      onFollow: (text, href) => follow.current(text, href),
    }).then((shown) => {
      if (shown === null) return null;
      filled.current = shown.filled;
      setClean(shown.clean);
      return null;
    });
    return () => {
      stop.abort();
      filled.current?.release();
      filled.current = null;
    };
  }, [ready, html, pictures, quoteLabel, signatureLabel, mail.id, mail.parts]);
  // What was designed looks as it should only on light paper; who wants it dark all the same sees it turned over.
  const canvas = chooseCanvas({ dark: isDark, designed: clean?.designed ?? true, chosen });
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the frame is filled anew with each `clean`
  useEffect(() => filled.current?.setCanvas(canvas), [canvas, clean]);
  return (
    <>
      <RemoteNote mail={mail} hidden={clean?.remote ?? 0} images={images} />
      {clean === null ? <Skeleton rows={6} kind="text" /> : null}
      <iframe
        ref={frame}
        className="mail-frame"
        data-canvas={canvas}
        title={t('frame-title', { subject: mail.subject || t('no-subject') })}
        src="/frame"
        sandbox={FRAME_SANDBOX}
        referrerPolicy="no-referrer"
        onLoad={() => setReady(true)}
      />
      {isDark && clean !== null ? (
        <button
          type="button"
          className="link-button"
          onClick={() => setChosen(canvas === 'light' ? 'dark' : 'light')}
        >
          {t(canvas === 'light' ? 'canvas-dark' : 'canvas-light')}
        </button>
      ) : null}
    </>
  );
}

/** Null when the frame went away meanwhile. */
async function showMail(
  frame: RefObject<HTMLIFrameElement | null>,
  signal: AbortSignal,
  what: Omit<Filling, 'clean'> & { html: string; pictures: ReadonlyMap<string, string> | null },
): Promise<{ clean: Omit<CleanMail, 'content'>; filled: FilledFrame } | null> {
  const { sanitiseMail } = await import('./sanitise.ts');
  const target = frame.current;
  const view = target?.contentWindow as (Window & typeof globalThis) | null | undefined;
  if (signal.aborted || !target || !view) return null;
  const clean = sanitiseMail(what.html, view, what.pictures ?? undefined);
  return { clean, filled: fillFrame(target, { ...what, clean }) };
}
