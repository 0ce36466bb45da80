import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { makeStore, useStore } from '../parts/store.ts';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { changeMailRoute } from '../shell/route.ts';
import { composerTexts } from '../text/composer.ts';
import { say, useText } from '../text/text.ts';
import { closeAlone } from './alone.ts';
import { canStandAlone, ComposerBar } from './composer-bar.tsx';
import { Editor } from './editor/editor.tsx';
import { takePlace, type Place } from './editor/place.ts';
import { AttachmentList } from './files/attachment-list.tsx';
import { startUploads } from './files/uploads.ts';
import { useFileDrop } from './files/use-file-drop.ts';
import { isAlone } from './is-alone.ts';
import { Recipients } from './people/recipients.tsx';
import { SendButtons } from './send/send-buttons.tsx';
import { useSending } from './send/use-sending.ts';
import { changeSender } from './sender/change-sender.ts';
import { useSenderDoubt } from './sender/precedents.ts';
import { SenderLine } from './sender/sender-line.tsx';
import { discardSession } from './session/end-draft.ts';
import type { DraftSession } from './session/draft-session.ts';
import { useKeptPlace } from './session/use-kept-place.ts';

const AskBefore = lazy(async () => ({ default: (await import('./send/ask-before.tsx')).AskBefore }));
const SenderNote = lazy(async () => ({ default: (await import('./sender/sender-note.tsx')).SenderNote }));
const InsertTemplate = lazy(async () => ({
  default: (await import('../template/insert-template.tsx')).InsertTemplate,
}));
const PreflightNotes = lazy(async () => ({
  default: (await import('./preflight/preflight-notes.tsx')).PreflightNotes,
}));

/** The form of one mail. `place`: where the person was when it was last on the screen. */
export function DraftForm({ session, place }: { session: DraftSession; place: Place | null }) {
  const t = useText(composerTexts);
  const { content } = useStore(session.store);
  const [more, setMore] = useState(false);
  // Also in a version of another PC; once they are there, the lines stay.
  if (!more && (content.cc.length > 0 || content.bcc.length > 0)) setMore(true);
  const [choosing, setChoosing] = useState(false);
  /** The doubt about From that the person knows of. */
  const [known, setKnown] = useState('');
  const [doubts] = useState(() => makeStore<ReadonlySet<string>>(new Set()));
  const form = useRef<HTMLElement>(null);
  const found = useSenderDoubt(session);
  const doubt = found === null || `${content.identity} ${found.to}` === known ? null : found;
  const sending = useSending(session, doubt);
  const onFiles = (list: File[]): void => void startUploads(session, list);
  const drop = useFileDrop(onFiles);
  useKeptPlace(form, session);
  const begin = useRef(place ?? beginPlace(content.to.length > 0));
  // The editor, which is inside, has filled itself by then.
  useEffect(() => {
    if (form.current !== null) takePlace(form.current, begin.current);
  }, []);
  const press = (name: string) => (): void =>
    form.current?.querySelector<HTMLElement>(`[data-testid=compose-${name}]`)?.click();
  useCommands({
    send: () => void sending.send(null),
    back: () => void leave(session),
    attach: press('files'),
    template: press('template'),
    discard: () => void discard(session),
    'send-later': press('later'),
    ...(content.html === null ? {} : { picture: press('pictures') }),
    ...(canStandAlone() ? { 'own-window': press('alone') } : {}),
  });
  return (
    <section
      ref={form}
      className="composer"
      data-over={drop.over}
      aria-label={content.subject || t('new-mail')}
      data-region="reader"
      tabIndex={-1}
      {...drop.on}
    >
      <ComposerBar
        session={session}
        onFiles={onFiles}
        onTemplate={() => setChoosing(true)}
        onLeave={() => void leave(session)}
        onDiscard={() => void discard(session)}
      >
        <SendButtons busy={sending.busy} onSend={(at) => void sending.send(at)} />
      </ComposerBar>
      {sending.problem === null ? null : (
        <p className="note note-warning" role="alert">
          {sending.problem}
        </p>
      )}
      <div className="composer-head">
        <SenderLine session={session} />
        <Suspense fallback={null}>
          {doubt === null ? null : (
            <SenderNote
              doubt={doubt}
              onUse={() => changeSender(session, doubt.better.id)}
              onKeep={() => setKnown(`${content.identity} ${doubt.to}`)}
            />
          )}
        </Suspense>
        <Recipients session={session} field="to" label={t('to')} testId="compose-to" doubts={doubts}>
          {more ? null : (
            <button type="button" className="link-button" onClick={() => setMore(true)}>
              {t('more-people')}
            </button>
          )}
        </Recipients>
        {more ? (
          <>
            <Recipients session={session} field="cc" label={t('cc')} testId="compose-cc" doubts={doubts} />
            <Recipients session={session} field="bcc" label={t('bcc')} testId="compose-bcc" doubts={doubts} />
          </>
        ) : null}
        <label className="composer-line">
          <span className="composer-label">{t('subject')}</span>
          <input
            value={content.subject}
            maxLength={2000}
            data-testid="compose-subject"
            onChange={(event) => session.edit({ subject: event.target.value.replace(/[\r\n]+/g, ' ') })}
          />
        </label>
      </div>
      <Suspense fallback={null}>
        <PreflightNotes session={session} doubts={doubts} refused={sending.refused} onFreed={sending.free} />
      </Suspense>
      <Editor session={session} onFiles={onFiles} />
      <AttachmentList session={session} />
      {drop.over ? <p className="drop-hint">{t('drop-here')}</p> : null}
      {choosing ? (
        <Suspense fallback={null}>
          <InsertTemplate session={session} onClose={() => setChoosing(false)} />
        </Suspense>
      ) : null}
      {sending.asking === null ? null : (
        <Suspense fallback={null}>
          <AskBefore
            key={sending.asking.doubt}
            doubt={sending.asking.doubt}
            sender={doubt}
            onNo={sending.stopAsking}
            onYes={sending.agree}
            onMend={() => {
              sending.stopAsking();
              if (sending.asking?.doubt === 'attachment') press('files')();
              else if (doubt !== null) changeSender(session, doubt.better.id);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

/** Who a new mail goes to is asked first; an answer is written at once. */
function beginPlace(addressed: boolean): Place {
  return { field: addressed ? 'body' : 'to', start: 0, end: 0, scroll: 0 };
}

async function leave(session: DraftSession): Promise<void> {
  // A window of its own has nothing else to show: it stays until the server has the mail.
  if (isAlone()) {
    if (!(await session.save())) return;
    closeAlone();
  }
  void session.save();
  changeMailRoute({ draft: null });
}

async function discard(session: DraftSession): Promise<void> {
  changeMailRoute({ draft: null });
  try {
    await discardSession(session);
    if (closeAlone()) return;
    tell({ kind: 'done', text: say(composerTexts, 'discarded'), action: null, lasts: 4000 });
  } catch (error) {
    tellProblem(toProblem(error));
  }
}
