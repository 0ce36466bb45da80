import { Button } from '../../parts/button.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useStore } from '../../parts/store.ts';
import { serverStore } from '../../session/session.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { writeInvitation } from './write-codes.ts';

/** A code that is told this once, as a slip that can be printed and handed over. */
export function CodeSlip({
  kind,
  name,
  code,
  onClose,
}: {
  kind: 'invite' | 'reset';
  name: string;
  code: string;
  onClose: () => void;
}) {
  const t = useText(adminUserTexts);
  const shell = useText(shellTexts);
  const { url } = useStore(serverStore);
  return (
    <Dialog title={t(`slip-${kind}`)} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body">
        <section className="code-slip" aria-label={t('slip')} data-testid="code-slip">
          <dl className="facts-list">
            <div>
              <dt>{t('slip-where')}</dt>
              <dd>{url}</dd>
            </div>
            <div>
              <dt>{t('column-name')}</dt>
              <dd>{name}</dd>
            </div>
          </dl>
          <CopyText label={t('copy')} done={t('copied')} text={code} testId="slip-code" />
          {kind === 'reset' ? null : (
            <CopyText label={t('copy-link')} done={t('copied')} text={writeInvitation(url, code)} />
          )}
          <p>{kind === 'reset' ? t('slip-reset-how') : t('slip-invite-how')}</p>
        </section>
        <p className="note note-warning">{t('slip-once')}</p>
        <footer className="dialog-foot">
          <Button icon="print" onClick={() => window.print()}>
            {t('slip-print')}
          </Button>
          <Button look="main" icon="check" data-testid="slip-done" onClick={onClose}>
            {t('slip-done')}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}
