import { useStore } from '../../parts/store.ts';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { RichEditor } from './rich-editor.tsx';

/** The body: with format by Squire, or plain text. */
export function Editor({ session, onFiles }: { session: DraftSession; onFiles: (files: File[]) => void }) {
  const { content, bodyRevision } = useStore(session.store);
  return content.html === null ? (
    <PlainEditor key={bodyRevision} session={session} />
  ) : (
    <RichEditor key={bodyRevision} session={session} onFiles={onFiles} />
  );
}

function PlainEditor({ session }: { session: DraftSession }) {
  const t = useText(composerTexts);
  const { content } = useStore(session.store);
  return (
    <div className="editor">
      <textarea
        className="editor-body editor-plain"
        aria-label={t('body')}
        data-testid="compose-body"
        value={content.text}
        onChange={(event) => session.edit({ text: event.target.value })}
      />
      <div className="editor-bar" role="toolbar" aria-label={t('format')}>
        <span className="top-bar-space" />
        <button
          type="button"
          className="link-button"
          onClick={() => session.edit({ html: writeHtml(content.text) })}
        >
          {t('make-rich')}
        </button>
      </div>
    </div>
  );
}

/** Plain text as the blocks that the editor makes. */
function writeHtml(text: string): string {
  const holder = document.createElement('div');
  for (const line of text.split('\n')) {
    const block = document.createElement('div');
    if (line === '') block.append(document.createElement('br'));
    else block.textContent = line;
    holder.append(block);
  }
  return holder.innerHTML;
}
