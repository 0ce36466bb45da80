import { senderTexts } from '../../text/sender.ts';
import { useText } from '../../text/text.ts';
import type { SenderDoubt } from './judge-sender.ts';

/** A doubt about From in words: what speaks against it, and the button that puts it right. */
export function useSenderWords(doubt: SenderDoubt | null): { text: string; use: string } | null {
  const t = useText(senderTexts);
  if (doubt === null) return null;
  const { better, kind, to } = doubt;
  return {
    text: t(kind, { address: better.address, person: to }),
    use: t('use', { address: better.address }),
  };
}
