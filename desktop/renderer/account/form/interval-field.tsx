import { SelectField } from '../../parts/choice-fields.tsx';
import { useStore } from '../../parts/store.ts';
import { accountTexts } from '../../text/account.ts';
import { languageStore, useText } from '../../text/text.ts';
import { describeInterval, leastInterval, listIntervals } from './intervals.ts';

/** How often to check: automatically or fixed, never more often than the provider of `host` takes; that is said. */
export function IntervalField({
  value,
  host,
  onPick,
}: {
  /** Seconds, or `auto`. */
  value: string;
  host: string;
  onPick: (value: string) => void;
}) {
  const t = useText(accountTexts);
  const language = useStore(languageStore);
  const least = leastInterval(host);
  const say = (seconds: number): string => describeInterval(seconds, language);
  const now = value === 'auto' ? least.seconds : Number(value);
  const choices = listIntervals(host, now).map(({ seconds, allowed }) => ({
    value: String(seconds),
    label: t(allowed ? 'every-interval' : 'too-often', { interval: say(seconds) }),
    disabled: !allowed,
  }));
  const hints = [
    value === 'auto' ? t('automatic-hint', { interval: say(least.seconds) }) : null,
    least.provider === null
      ? null
      : t('interval-least', { provider: least.provider, interval: say(least.seconds) }),
  ].filter((hint) => hint !== null);
  return (
    <SelectField
      label={t('interval')}
      value={value}
      choices={[{ value: 'auto', label: t('automatic') }, ...choices]}
      hint={hints.length === 0 ? undefined : hints.join(' ')}
      onPick={onPick}
    />
  );
}
