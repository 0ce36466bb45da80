import type { ReplyRule } from './reply-rule.ts';

/** About who sends: the From, the envelope's sender, the address that connects. */
export const SENDER_RULES: readonly ReplyRule[] = [
  { class: 'dmarc', text: /\bdmarc\b/i },
  {
    class: 'unauthenticated',
    text: /\b(spf|dkim)\b|is unauthenticated|anti-spoofing|mismatches client ip/i,
  },
  {
    class: 'reverse-dns',
    text: /\bptr\b|\brdns\b|reverse (dns|host|zone)|cannot find your hostname|failure in dns look-?up/i,
  },
  {
    class: 'helo',
    text: /(?<![<@\w.-])(helo|ehlo)(?![@\w.-]).*(invalid|reject|unknown|requires?\b)|bad helo/i,
  },
  {
    class: 'home-network',
    text: /not authorized to send e?mail directly|\b(dynamic|residential|dial-?up)\b.*\b(ip|address|space|host)/i,
  },
  {
    class: 'sender-blocked',
    text: /badmailfrom|sender is blacklisted|doesn't want your mail|reject list|envelope blocked|blocked senders/i,
  },
  {
    class: 'sender-unknown',
    text: /sender address rejected: domain|domain of sender|unresolvable .*from|valid sender domain|invalid sender|\bsender\b.{0,60}(not found|not exist|unknown|verif\w+ failed)/i,
  },
];

/** About the traffic from where we are: first what passes when less is sent, then what does not. */
export const TRAFFIC_RULES: readonly ReplyRule[] = [
  { class: 'greylisted', text: /gr[ea]y-?list/i },
  {
    class: 'greylisted',
    code: /^4/,
    text: /^try again later\.?$|^please try another server|internal resource is temp/i,
  },
  {
    class: 'rate-limited',
    code: /^4/,
    text: /unusual rate|rate limit|temporarily deferred due to unexpected|excessive volume|frequency limited|too many messages|\bHL:IFC\b/i,
  },
  {
    class: 'blocked-ip',
    text: /block(ed)? ?list|black ?list|blocked (using|by .*using|by ldap)|\bdnsbls?\b|\bRBL\b|banned sending ip|not in whitelist|client host rejected: access denied|\b(ip|host|address|server)\b.{0,80}\blisted (by|in|at|on)\b|blocked by \S+\.[a-z]{2,}\b/i,
  },
  {
    class: 'reputation',
    text: /reputation|permanently deferred|unusual rate|reject due to policy violations|a domain present in|\bHL:REP\b/i,
  },
  {
    class: 'busy',
    code: /^4/,
    text: /too many (connections|sessions)|server (is )?busy|agent busy|^busy\b|max message per connection|trop de connexions|service refus|unable to process connection|\bHL:ICC\b/i,
  },
  {
    class: 'blocked-ip',
    text: /block(ed)? ?list|black ?list|blocked (using|by|- see|automatically)|\bdnsbls?\b|\bRBL\b|spamhaus|banned sending ip|not in whitelist|> is blocked|client host blocked|is filtered and|\(RTR:BL\)|\(BL\)$|access denied$/i,
    stages: ['session', 'sender'],
  },
  { class: 'blocked-ip', stages: ['session'], text: /sender address blocked/i },
];
