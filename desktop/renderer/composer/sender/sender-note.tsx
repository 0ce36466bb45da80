import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { senderTexts } from '../../text/sender.ts';
import { useText } from '../../text/text.ts';
import type { SenderDoubt } from './judge-sender.ts';
import { useSenderWords } from './sender-words.ts';

/** Says under From why it may be the wrong one. */
export function SenderNote({
  doubt,
  onUse,
  onKeep,
}: {
  doubt: SenderDoubt;
  onUse: () => void;
  onKeep: () => void;
}) {
  const t = useText(senderTexts);
  const words = useSenderWords(doubt);
  if (words === null) return null;
  return (
    <div className="note" role="status" data-testid="sender-doubt" data-kind={doubt.kind}>
      <Icon name="warning" size={17} />
      <div>
        <p>{words.text}</p>
        <div className="note-buttons">
          <Button onClick={onUse} data-testid="sender-use">
            {words.use}
          </Button>
          <Button look="quiet" onClick={onKeep} data-testid="sender-keep">
            {t('keep')}
          </Button>
        </div>
      </div>
    </div>
  );
}
