import { listUnknownVariables, VARIABLES } from '../../common/compose/variables.ts';
import { MailError } from '../../common/errors.ts';
import {
  LAYER_VARIABLES,
  layerAccount,
  layerIdentity,
  type LayerPart,
  type LayerVariable,
} from '../../common/shapes/layer.ts';
import type { Policy } from '../../common/shapes/policy.ts';
import { checkEverywhere } from '../account/rule/account-policy.ts';
import { checkContact } from '../contact/check-contact.ts';
import { checkShape } from '../profile/item/check-shape.ts';
import { checkPreference } from '../profile/item/preference-rule.ts';
import { checkTemplate } from '../profile/item/template-rule.ts';
import { checkRule } from '../rule/check-rule.ts';
import { expandAccount, expandIdentity } from './expand-item.ts';

/** Somebody to try an item with before everybody gets it. */
const SOMEBODY: Record<LayerVariable, string> = {
  user: 'ada.lovelace',
  name: 'Ada Lovelace',
  group: 'Mathematics',
  email: 'ada@home.example',
};

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** An item as a layer may keep it, with its variables; MailError `invalid` names the field, or the variable that is none. */
export function checkLayerItem(
  item: { part: LayerPart; id: string; value: unknown },
  policy: Policy,
): unknown {
  const { part, id, value } = item;
  if (part === 'preferences') return checkPreference(id, value);
  if (part === 'contacts') return checkContact(value);
  if (part === 'rules') return checkRule(id, value, []);
  if (part === 'templates') {
    const template = checkTemplate(id, value, []);
    demandKnownWords([template.subject, template.text, template.html]);
    return template;
  }
  if (part === 'identities') {
    const identity = checkShape(layerIdentity, value);
    demandKnown([identity.name, identity.address, identity.replyTo]);
    demandKnownWords([identity.signature?.text, identity.signature?.html]);
    expandIdentity(id, identity, SOMEBODY);
    return identity;
  }
  const account = checkShape(layerAccount, value);
  const { pop3, send } = account;
  demandKnown([account.email, account.name, account.replyTo, pop3.host, pop3.user, send.smtp?.user ?? null]);
  demandKnownWords([account.signature?.text, account.signature?.html]);
  checkEverywhere(policy, expandAccount(account, SOMEBODY).settings);
  return account;
}

/** A variable that nobody knows would be an address in itself. */
function demandKnown(texts: readonly (string | null)[]): void {
  for (const text of texts) {
    for (const [, name = ''] of (text ?? '').matchAll(PLACE)) {
      if (!LAYER_VARIABLES.includes(name.toLowerCase() as LayerVariable)) throw refuse(name, LAYER_VARIABLES);
    }
  }
}

/** Of what people write with: a typing error would stand in everybody's mails. */
function demandKnownWords(texts: readonly (string | null | undefined)[]): void {
  for (const text of texts) {
    const [name] = listUnknownVariables(text ?? '');
    if (name !== undefined) throw refuse(name, VARIABLES);
  }
}

function refuse(name: string, variables: readonly string[]): MailError {
  const known = variables.map((one) => `{{${one}}}`).join(' ');
  return new MailError('invalid', `no variable ${name}`, {
    field: 'value',
    reason: 'layer-variable',
    params: { name, known },
  });
}
