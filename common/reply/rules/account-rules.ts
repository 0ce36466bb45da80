import type { ReplyRule } from './reply-rule.ts';

/** Sign in first, by code (RFC 4954 6, RFC 3207 4), status or words. */
const DEMANDS: readonly Pick<ReplyRule, 'code' | 'status' | 'text'>[] = [
  { code: /^53[0458]$/ },
  { status: /^7\.57$/ },
  { code: /^5/, text: /authentication (is )?required/i },
];

/** About our account at a smarthost: what its owner can mend. */
export const ACCOUNT_RULES: readonly ReplyRule[] = [
  {
    class: 'sender-not-owned',
    text: /\bnot owned by\b|permissions? to send as|send ?as ?denied|relaying disallowed as/i,
  },
  { class: 'app-password', from: 'smarthost', text: /application-specific password|\bapp password/i },
  { class: 'web-login', from: 'smarthost', text: /log ?in (with|through|via) your (web ?)?browser/i },
  { class: 'basic-auth-off', from: 'smarthost', text: /basic authentication is (not supported|disabled)/i },
  { class: 'smtp-off', from: 'smarthost', text: /smtp ?(client)? ?auth(entication)? is disabled/i },
  { class: 'account-blocked', status: /^1\.8$/, text: /bad outbound sender|blocked/i },
  {
    class: 'account-blocked',
    text: /unusual sending activity|sending for this account is disabled|outgoing (e?mail )?(is )?blocked/i,
  },
  {
    class: 'account-blocked',
    // The recipient's host knows no account of ours.
    from: 'smarthost',
    text: /outgoing e?mail\b.{0,300}\bsuspen(ded|sion)|your (e?-?mail )?account (is|was|has been) (suspended|disabled|deactivated|blocked)/i,
  },
  {
    class: 'recipient-busy',
    text: /receiving mail (too quickly|at a rate)|receive limit|recipient thread limit/i,
  },
  {
    class: 'sending-limit',
    text: /(daily|hourly) (user |smtp |relay |sending )*(limit|quota)|peak smtp relay limit|(sending|submission|relay) (limit|quota) exceeded|\bMI:SFQ\b/i,
  },
  { class: 'sending-limit', status: /^4\.5$/, code: /^5/ },
  { class: 'rate-limited', text: /too many (failed )?(login|sign-?in|auth)/i },
  {
    class: 'tls-required',
    text: /\bstarttls\b.*first|(tls|encryption)( \(tls\))? (is )?required|requires? (encryption|tls|starttls)/i,
  },
  ...DEMANDS.map((demand): ReplyRule => ({ class: 'auth-needed', from: 'smarthost', ...demand })),
  { class: 'auth-needed', stages: ['login'], code: /^5/ },
];

/** At the recipient's own host there is no account of ours: it takes such mail from its own people only. */
export const STRANGER_RULES: readonly ReplyRule[] = DEMANDS.map((demand): ReplyRule => ({
  class: 'restricted',
  from: 'mx',
  ...demand,
}));
