import { useStore } from '../parts/store.ts';
import { Logo } from '../parts/icon.tsx';
import { selectionStore } from '../mail/selection/selection.ts';
import { mailTexts } from '../text/mail.ts';
import { useText } from '../text/text.ts';

/** The reading pane with nothing open. */
export function ReaderEmpty() {
  const t = useText(mailTexts);
  const { ticked } = useStore(selectionStore);
  return (
    <section
      className="reader reader-empty"
      aria-label={t('reading-pane')}
      data-region="reader"
      tabIndex={-1}
    >
      <Logo size={64} />
      <p>{ticked.size > 0 ? t('selected', { n: ticked.size }) : t('pick-one')}</p>
    </section>
  );
}
