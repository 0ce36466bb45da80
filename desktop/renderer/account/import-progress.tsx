import type { CheckEvent } from '../../../common/shapes/event.ts';
import { activityTexts } from '../text/activity.ts';
import { useText } from '../text/text.ts';

/** How far a fetch is: "1,240 of 9,800, newest first". */
export function ImportProgress({ event }: { event: CheckEvent }) {
  const t = useText(activityTexts);
  if (event.total === null || event.total === 0) return null;
  const text = t('is-retrieving', { done: event.done, all: event.total });
  return (
    <div className="import-progress" data-testid="import-progress">
      <p>{text}</p>
      <progress max={event.total} value={event.done} aria-label={text} />
    </div>
  );
}
