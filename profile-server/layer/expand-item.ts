import { expandInHtml, expandVariables } from '../../common/compose/variables.ts';
import { accountSettings, type AccountSettings } from '../../common/shapes/account.ts';
import { identity, type Identity } from '../../common/shapes/identity.ts';
import type { LayerAccount, LayerIdentity, LayerVariable } from '../../common/shapes/layer.ts';
import type { Rule } from '../../common/shapes/rule.ts';
import type { Template } from '../../common/shapes/template.ts';
import { checkShape } from '../profile/item/check-shape.ts';

/** What is known of a user. */
export type LayerValues = Record<LayerVariable, string>;

export type ExpandedIdentity = Omit<Identity, 'id' | 'account'>;

/** An account for one user and the identity that comes with it; MailError `invalid` where his names make no address. */
export function expandAccount(
  account: LayerAccount,
  values: LayerValues,
): { settings: AccountSettings; identity: ExpandedIdentity } {
  const { replyTo, signature, ...template } = account;
  const email = expandVariables(template.email, values);
  // From here on an account's address is its own; in that address it is where the user is reached otherwise.
  const own = { ...values, email };
  const { pop3, send } = template;
  const name = expandOrNull(template.name, own);
  const settings = checkShape(accountSettings, {
    ...template,
    email,
    name,
    pop3: { ...pop3, host: expandVariables(pop3.host, own), user: expandVariables(pop3.user, own) },
    send: {
      ...send,
      smtp: send.smtp === null ? null : { ...send.smtp, user: expandOrNull(send.smtp.user, own) },
    },
  });
  const made = { account: '', name, address: email, replyTo, signature };
  return { settings, identity: expandIdentity('acc', made, own) };
}

/** MailError `invalid` as `expandAccount`. */
export function expandIdentity(id: string, template: LayerIdentity, values: LayerValues): ExpandedIdentity {
  const {
    id: _id,
    account: _account,
    ...expanded
  } = checkShape(identity, {
    id,
    account: id,
    name: expandOrNull(template.name, values),
    address: expandVariables(template.address, values),
    replyTo: expandOrNull(template.replyTo, values),
    signature: expandText(template.signature, values),
  });
  return expanded;
}

export function expandTemplate(template: Template, values: LayerValues): Template {
  const { user, group } = values;
  return {
    ...template,
    ...expandText(template, values),
    subject: expandVariables(template.subject, { user, group }),
  };
}

/** Inside of a script a value is part of a string (RFC 5228 2.4.2), never more. */
export function expandRule(rule: Rule, values: LayerValues): Rule {
  const quoted = Object.entries(values).map(([key, value]) => [
    key,
    value.replace(/[\r\n]+/g, ' ').replace(/[\\"]/g, String.raw`\$&`),
  ]);
  return {
    ...rule,
    name: expandVariables(rule.name, values),
    script: expandVariables(rule.script, Object.fromEntries(quoted) as LayerValues),
  };
}

/** Name and address stay for whoever writes the mail: they are those of the identity he then takes. */
function expandText<T extends { text: string; html: string | null } | null>(body: T, values: LayerValues): T {
  if (body === null) return body;
  const { user, group } = values;
  return {
    ...body,
    text: expandVariables(body.text, { user, group }),
    html: body.html === null ? null : expandInHtml(body.html, { user, group }),
  };
}

function expandOrNull(text: string | null, values: LayerValues): string | null {
  return text === null ? null : expandVariables(text, values);
}
