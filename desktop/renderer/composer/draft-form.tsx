import { lazy, Suspense, useCallback, useEffect, useRef, useState, type DragEvent } from 'react';
import { IconButton } from '../parts/button.tsx';
import { hasNoWords } from './send/has-no-words.ts';
import { makeStore, useStore } from '../parts/store.ts';
import { profileStore } from '../profile/profile-store.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { explainLater } from '../shell/explain.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { changeMailRoute } from '../shell/route.ts';
import { composerTexts } from '../text/composer.ts';
import { say, useText } from '../text/text.ts';
import { AttachmentList } from './files/attachment-list.tsx';
import { looksLikeAddress } from './people/addresses.ts';
import { DraftNotSaved, type DraftSession } from './session/draft-session.ts';
import { Editor } from './editor/editor.tsx';
import { Recipients } from './people/recipients.tsx';
import { SavedLine } from './session/saved-line.tsx';
import { sendDraft } from './send/send-draft.ts';
import { SendButtons } from './send/send-buttons.tsx';
import { startUploads, useUploads, type Uploads } from './files/uploads.ts';

const AskEmpty = lazy(async () => ({ default: (await import('./send/ask-empty.tsx')).AskEmpty }));
const InsertTemplate = lazy(async () => ({
  default: (await import('../template/insert-template.tsx')).InsertTemplate,
}));
const PreflightNotes = lazy(async () => ({
  default: (await import('./preflight/preflight-notes.tsx')).PreflightNotes,
}));

/** The form of one mail. */
export function DraftForm({ session }: { session: DraftSession }) {
  const t = useText(composerTexts);
  const { content } = useStore(session.store);
  const { identities } = useStore(profileStore);
  const [more, setMore] = useState(content.cc.length > 0 || content.bcc.length > 0);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [over, setOver] = useState(false);
  /** When it is to leave, while it is asked whether to send a mail without words. */
  const [asking, setAsking] = useState<{ at: number | null } | null>(null);
  const [doubts] = useState(() => makeStore<ReadonlySet<string>>(new Set()));
  const [refused] = useState(() => makeStore(false));
  const free = useCallback(() => setProblem(null), []);
  const form = useRef<HTMLElement>(null);
  const uploads = useUploads();
  useSaveOnLeave(session);
  const toSomeone = useRef(content.to.length > 0);
  useEffect(() => {
    const first = !toSomeone.current ? '[data-testid=compose-to]' : '[data-testid=compose-body]';
    form.current?.querySelector<HTMLElement>(first)?.focus();
  }, []);
  const send = async (at: number | null, agreed = false): Promise<void> => {
    if (busy) return;
    const why = refuseDraft(session, uploads, t);
    setProblem(why);
    if (why !== null) return;
    if (!agreed && hasNoWords(session.collect())) return setAsking({ at });
    setBusy(true);
    try {
      await sendDraft(session, at);
    } catch (error) {
      const found: Problem = error instanceof DraftNotSaved ? error.problem : toProblem(error);
      // The notes below the address fields say why, and what to do.
      const noted = found.code === 'route-refused' && refused.get();
      setProblem(noted ? t('not-sent-below') : t('not-sent', { reason: await explainLater(found) }));
      setBusy(false);
    }
  };
  useCommands({ send: () => void send(null), back: () => leave(session) });
  const drop = (event: DragEvent): void => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    startUploads(session, uploads, [...event.dataTransfer.files]);
  };
  return (
    <section
      ref={form}
      className="composer"
      data-over={over}
      aria-label={content.subject || t('new-mail')}
      data-region="reader"
      tabIndex={-1}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="composer-bar" role="toolbar" aria-label={t('mail')}>
        <IconButton icon="back" label={t('close')} keys="Esc" onClick={() => leave(session)} />
        <SavedLine session={session} />
        <span className="top-bar-space" />
        <AttachButton onFiles={(files) => startUploads(session, uploads, files)} />
        <IconButton
          icon="file"
          label={t('template')}
          data-testid="compose-template"
          onClick={() => setChoosing(true)}
        />
        <IconButton icon="trash" label={t('discard')} onClick={() => void discard(session)} />
        <SendButtons busy={busy} onSend={(at) => void send(at)} />
      </div>
      {problem === null ? null : (
        <p className="note note-warning" role="alert">
          {problem}
        </p>
      )}
      <div className="composer-head">
        <label className="composer-line">
          <span className="composer-label">{t('from')}</span>
          <select
            value={content.identity ?? ''}
            data-testid="compose-from"
            onChange={(event) => {
              session.edit({ identity: event.target.value || null });
              void import('./signing/change-signature.ts').then((m) => m.changeSignature(session));
            }}
          >
            {identities.map((identity) => (
              <option key={identity.id} value={identity.id}>
                {identity.name === null ? identity.address : `${identity.name} <${identity.address}>`}
              </option>
            ))}
          </select>
        </label>
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
        <PreflightNotes session={session} doubts={doubts} refused={refused} onFreed={free} />
      </Suspense>
      <Editor session={session} onFiles={(files) => startUploads(session, uploads, files)} />
      <AttachmentList session={session} uploads={uploads} />
      {choosing ? (
        <Suspense fallback={null}>
          <InsertTemplate session={session} onClose={() => setChoosing(false)} />
        </Suspense>
      ) : null}
      {asking === null ? null : (
        <Suspense fallback={null}>
          <AskEmpty
            onNo={() => setAsking(null)}
            onYes={() => {
              setAsking(null);
              void send(asking.at, true);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useText(composerTexts);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="attachment" label={t('attach')} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="compose-files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** Why a mail cannot be sent as it stands; null when it can. */
function refuseDraft(
  session: DraftSession,
  uploads: Uploads,
  t: (key: 'no-recipient' | 'bad-address' | 'still-uploading', values?: Record<string, string>) => string,
): string | null {
  const { to, cc, bcc } = session.collect();
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0) return t('no-recipient');
  const bad = all.find(({ address }) => !looksLikeAddress(address));
  if (bad !== undefined) return t('bad-address', { address: bad.address });
  return uploads.store.get().length > 0 ? t('still-uploading') : null;
}

/** Saved when the focus leaves, the window is hidden, or the composer is closed. */
function useSaveOnLeave(session: DraftSession): void {
  useEffect(() => {
    const save = (): void => {
      if (session.dirty) void session.save();
    };
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') save();
    };
    const warn = (event: BeforeUnloadEvent): void => {
      if (session.dirty) event.preventDefault();
    };
    addEventListener('blur', save);
    addEventListener('beforeunload', warn);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      removeEventListener('blur', save);
      removeEventListener('beforeunload', warn);
      document.removeEventListener('visibilitychange', hidden);
      save();
    };
  }, [session]);
}

function leave(session: DraftSession): void {
  void session.save();
  changeMailRoute({ draft: null });
}

async function discard(session: DraftSession): Promise<void> {
  changeMailRoute({ draft: null });
  try {
    await session.discard();
    tell({ kind: 'done', text: say(composerTexts, 'discarded'), action: null, lasts: 4000 });
  } catch (error) {
    tellProblem(toProblem(error));
  }
}
