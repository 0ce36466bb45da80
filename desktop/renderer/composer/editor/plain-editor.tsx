import { useEffect, useRef } from 'react';
import { textToHtml } from '../../../../common/compose/simple-html.ts';
import { useStore } from '../../parts/store.ts';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { movePlace } from './move-place.ts';

/** The body without format. */
export function PlainEditor({ session, focus }: { session: DraftSession; focus: boolean }) {
  const t = useText(composerTexts);
  const { content } = useStore(session.store);
  const field = useRef<HTMLTextAreaElement>(null);
  const first = useRef(focus);
  useEffect(() => {
    const area = field.current;
    if (area === null) return undefined;
    if (first.current) {
      area.focus();
      area.setSelectionRange(0, 0);
    }
    return session.lendBody({
      read: () => ({ text: area.value, html: null }),
      insert: ({ text }) => {
        area.focus();
        area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
        session.edit({ text: area.value });
      },
      show: ({ text }) => {
        const { value, selectionStart, selectionEnd } = area;
        area.value = text;
        area.setSelectionRange(movePlace(value, text, selectionStart), movePlace(value, text, selectionEnd));
      },
    });
  }, [session]);
  return (
    <div className="editor">
      <textarea
        ref={field}
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
          onClick={() => session.replaceBody({ text: content.text, html: textToHtml(content.text) })}
        >
          {t('make-rich')}
        </button>
      </div>
    </div>
  );
}
