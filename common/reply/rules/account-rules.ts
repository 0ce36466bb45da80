import type { ReplyRule } from './reply-rule.ts';

/** About our account at a smarthost: what its owner can mend. */
export const ACCOUNT_RULES: readonly ReplyRule[] = [
  {
    class: 'sender-not-owned',
    text: /\bnot owned by\b|permissions? to send as|send ?as ?denied|relaying disallowed as/i,
  },
  { class: 'app-password', text: /application-specific password|\bapp password/i },
  { class: 'web-login', text: /log ?in (with|through|via) your (web ?)?browser/i },
  { class: 'basic-auth-off', text: /basic authentication is (not supported|disabled)/i },
  { class: 'smtp-off', text: /smtp ?(client)? ?auth(entication)? is disabled/i },
  { class: 'account-blocked', status: /^1\.8$/, text: /bad outbound sender|blocked/i },
  {
    class: 'account-blocked',
    text: /unusual sending activity|sending for this account is disabled|outgoing (e?mail )?(is )?blocked|outgoing e?mail\b.{0,300}\bsuspen(ded|sion)|your (e?-?mail )?account (is|was|has been) (suspended|disabled|deactivated|blocked)/i,
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
  { class: 'auth-needed', code: /^53[0458]$/ },
  { class: 'auth-needed', status: /^7\.57$/ },
  { class: 'auth-needed', code: /^5/, text: /authentication (is )?required/i },
  { class: 'auth-needed', stages: ['login'], code: /^5/ },
];
