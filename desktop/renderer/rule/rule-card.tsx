import { useState } from 'react';
import type { Rule } from '../../../common/shapes/rule.ts';
import { readForm } from '../../../common/sieve/form/read-form.ts';
import { LayerNote } from '../identity/layer-note.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { changeItem } from '../profile/change-item.ts';
import { useLayer, useProfile, type WithId } from '../profile/profile-store.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { openSettings } from '../shell/route.ts';
import { ruleTexts } from '../text/rules.ts';
import { say, useText } from '../text/text.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { describeRule } from './describe-rule.ts';
import { moveRule } from './order-rules.ts';

/** One rule in words, with its switch and what can be done with it; `own` are those that the user can put in order. */
export function RuleCard({ rule, own }: { rule: WithId<Rule>; own: readonly WithId<Rule>[] }) {
  const t = useText(ruleTexts);
  const { accounts } = useProfile();
  const layer = useLayer('rules', rule.id);
  const locked = layer !== null && layer.locked !== null;
  const [applying, setApplying] = useState(false);
  const form = readForm(rule.script);
  const words =
    form === null
      ? null
      : describeRule(form, t, { account: (id) => accounts.find((one) => one.id === id)?.email ?? null });
  const move = (by: -1 | 1): void =>
    attempt(async () => {
      for (const { id, position } of moveRule(own, rule.id, by)) {
        const moved = own.find((one) => one.id === id);
        if (moved !== undefined) await changeItem('rules', id, { ...withoutId(moved), position });
      }
    });
  return (
    <li className="card" data-testid="rule-card">
      <div className="card-head">
        <input
          type="checkbox"
          role="switch"
          className="switch"
          checked={rule.enabled}
          disabled={locked}
          aria-checked={rule.enabled}
          aria-label={t('turn-on', { rule: rule.name })}
          onChange={(event) => {
            const enabled = event.target.checked;
            attempt(async () => await changeItem('rules', rule.id, { ...withoutId(rule), enabled }));
          }}
        />
        <div className="card-title">
          <h2>{rule.name}</h2>
          {words === null ? (
            <p>{t('no-form')}</p>
          ) : (
            <p>
              {words.when} <span aria-hidden="true">→</span> {words.what}
            </p>
          )}
        </div>
        {locked ? null : <Button onClick={() => openSettings('rules', rule.id)}>{t('edit')}</Button>}
        <Menu
          label={t('more', { rule: rule.name })}
          className="icon-button"
          button={<Icon name="more" />}
          items={[
            ...(layer !== null || own[0] === rule
              ? []
              : [{ key: 'up', label: t('up'), icon: 'up' as const, run: () => move(-1) }]),
            ...(layer !== null || own.at(-1) === rule
              ? []
              : [{ key: 'down', label: t('down'), icon: 'down' as const, run: () => move(1) }]),
            { key: 'apply', label: t('apply-ask'), icon: 'play', run: () => setApplying(true) },
            { key: 'copy', label: t('copy'), icon: 'copy', run: () => copyRule(rule) },
            ...(locked
              ? []
              : [{ key: 'remove', label: t('remove'), icon: 'trash' as const, run: () => removeRule(rule) }]),
          ]}
        />
      </div>
      <LayerNote layer={layer} />
      {applying ? <ApplyDialog rule={rule} onClose={() => setApplying(false)} /> : null}
    </li>
  );
}

function withoutId({ name, enabled, position, script }: WithId<Rule>): Rule {
  return { name, enabled, position, script };
}

function attempt(work: () => Promise<unknown>): void {
  work().catch((error: unknown) => tellProblem(toProblem(error), () => attempt(work)));
}

function copyRule(rule: WithId<Rule>): void {
  const name = say(ruleTexts, 'copy-name', { rule: rule.name }).slice(0, 200);
  // Right behind the one it is made of: of two at one place the ids decide.
  const position = rule.position + 0.5;
  attempt(
    async () => await changeItem('rules', null, { ...withoutId(rule), name, enabled: false, position }),
  );
}

/** Gone at once, and back again by the notice. */
function removeRule(rule: WithId<Rule>): void {
  attempt(async () => {
    await changeItem('rules', rule.id, null);
    tell({
      kind: 'done',
      text: say(ruleTexts, 'removed', { rule: rule.name }),
      action: {
        label: say(ruleTexts, 'undo'),
        run: () => attempt(async () => await changeItem('rules', null, withoutId(rule))),
      },
      lasts: 8000,
    });
  });
}
