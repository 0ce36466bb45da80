import { useState } from 'react';
import { ALERT_THRESHOLDS, type AlertRule } from '../../../../common/shapes/alert.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { profileServer } from '../../session/clients.ts';
import { adminWatchTexts } from '../../text/admin-watch.ts';
import { say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';

/** When somebody is told: each rule with its threshold. */
export function AlertRules({ rules }: { rules: readonly AlertRule[] }) {
  const t = useText(adminWatchTexts);
  return (
    <section aria-label={t('rules')}>
      <h2>{t('rules')}</h2>
      <ul className="cards">
        {rules.map((rule) => (
          <Rule key={`${rule.kind} ${rule.enabled} ${rule.threshold}`} rule={rule} />
        ))}
      </ul>
    </section>
  );
}

function Rule({ rule }: { rule: AlertRule }) {
  const t = useText(adminWatchTexts);
  const { kind, enabled } = rule;
  const { min, max } = ALERT_THRESHOLDS[kind];
  const [threshold, setThreshold] = useState(String(rule.threshold));
  const save = useAct(async (next: AlertRule) => await profileServer().alert.set.mutate(next), {
    keys: ['alerts'],
    done: () => say(adminWatchTexts, 'rule-saved'),
  });
  return (
    <li className="card">
      <Check
        label={t(`rule-${kind}`)}
        checked={enabled}
        onPick={(on) => save.mutate({ ...rule, enabled: on })}
      />
      {max === 0 || !enabled ? null : (
        <form
          className="admin-filters"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ kind, enabled, threshold: Number(threshold) });
          }}
        >
          <Field
            label={kind === 'audit-broken' ? '' : t(`unit-${kind}`)}
            type="number"
            min={min}
            max={max}
            required
            value={threshold}
            onChange={(event) => setThreshold(event.target.value)}
          />
          <Button type="submit" disabled={threshold === String(rule.threshold)}>
            {t('save')}
          </Button>
        </form>
      )}
    </li>
  );
}
