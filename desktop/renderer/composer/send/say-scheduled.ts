import { formatTime } from '../../sending/change-waiting.ts';
import { openBox } from '../../shell/route.ts';
import { laterTexts } from '../../text/later.ts';
import { say } from '../../text/text.ts';

/** The words of a notice about a mail that leaves at `at`. */
export function sayScheduled(at: string | null): {
  text: string;
  action: { label: string; run: () => void };
} {
  return {
    text: say(laterTexts, 'scheduled', { time: at === null ? '' : formatTime(at) }),
    action: { label: say(laterTexts, 'scheduled-show'), run: () => openBox('waiting') },
  };
}
