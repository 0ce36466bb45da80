import { useRef, type ReactNode } from 'react';
import { IconButton } from '../parts/button.tsx';
import { native } from '../session/native.ts';
import { readTokens } from '../session/tokens.ts';
import { hintKeys } from '../shell/key-names.ts';
import { composerTexts } from '../text/composer.ts';
import { useText } from '../text/text.ts';
import { openAlone } from './alone.ts';
import { moveInBar } from './editor/move-in-bar.ts';
import { isAlone } from './is-alone.ts';
import type { DraftSession } from './session/draft-session.ts';
import { SavedLine } from './session/saved-line.tsx';

/** What is done with the whole mail. */
export function ComposerBar({
  session,
  onFiles,
  onTemplate,
  onLeave,
  onDiscard,
  children,
}: {
  session: DraftSession;
  onFiles: (files: File[]) => void;
  onTemplate: () => void;
  onLeave: () => void;
  onDiscard: () => void;
  children: ReactNode;
}) {
  const t = useText(composerTexts);
  const files = useRef<HTMLInputElement>(null);
  return (
    <div className="composer-bar" role="toolbar" aria-label={t('mail')} onKeyDown={moveInBar}>
      <IconButton icon="back" label={t('close')} keys={hintKeys('back')} onClick={onLeave} />
      <SavedLine session={session} />
      <span className="top-bar-space" />
      <IconButton icon="attachment" label={t('attach')} onClick={() => files.current?.click()} />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="compose-files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <IconButton icon="file" label={t('template')} data-testid="compose-template" onClick={onTemplate} />
      {canStandAlone() ? (
        <span className="composer-alone">
          <IconButton
            icon="window"
            label={t('own-window')}
            data-testid="compose-alone"
            onClick={() => void openAlone(session, onLeave)}
          />
        </span>
      ) : null}
      <IconButton icon="trash" label={t('discard')} onClick={onDiscard} />
      {children}
    </div>
  );
}

/** Another window of the browser goes on with the session by its cookie, which a public computer does not get. */
export function canStandAlone(): boolean {
  return native === null && !isAlone() && (readTokens()?.session.lab ?? null) === null;
}
