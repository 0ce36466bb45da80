import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { mailTexts } from '../../text/mail.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { openLink } from './open-link.ts';
import { shownTarget } from './links.ts';
import type { DoubtfulLink } from '../body/mail-body.tsx';

/** Asks before a link is followed that says one place and leads to another. */
export function LinkDialog({ link, onClose }: { link: DoubtfulLink; onClose: () => void }) {
  const t = useText(mailTexts);
  const shell = useText(shellTexts);
  const { kind, shown, target } = link.warning;
  return (
    <Dialog title={t('link-title')} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body link-warning">
        <Icon name="warning" size={24} />
        <div>
          <p>
            {kind === 'mismatch'
              ? t('link-mismatch', { a: shown, b: target })
              : t('link-mixed', { b: target })}
          </p>
          <p className="mono">{shownTarget(link.href)}</p>
        </div>
      </div>
      <footer className="dialog-foot">
        <Button
          onClick={() => {
            onClose();
            openLink(link.href);
          }}
        >
          {t('link-open')}
        </Button>
        <Button look="main" onClick={onClose}>
          {t('link-stay')}
        </Button>
      </footer>
    </Dialog>
  );
}
