import { ATT_NET, COMCAST_NET, ICLOUD } from './american.ts';
import { DAUM, NAVER, NETEASE, QQ } from './asian.ts';
import {
  ADDY,
  BARRACUDA,
  CLOUDFLARE,
  FASTMAIL,
  MIMECAST,
  PROOFPOINT,
  PROTON,
  SMTP2GO,
  ZOHO,
} from './business.ts';
import { GR_HOSTING, INTERIA, MAIL_RU, RU_CENTER, WP, YANDEX } from './eastern.ts';
import { BYTECAMP, GMX, IONOS, T_ONLINE } from './german.ts';
import { GOOGLE } from './google.ts';
import { GOOGLE_POLICY } from './google-policy.ts';
import type { KnownReplies } from './known-reply.ts';
import { BLOCK_LISTS, GREYLISTING, RSPAMD } from './lists.ts';
import { EXCHANGE_ONLINE, OUTLOOK_COM } from './microsoft.ts';
import { FREE, LAPOSTE, LIBERO, ORANGE } from './romance.ts';
import { CPANEL, EXCHANGE, EXIM, HARAKA, OPENSMTPD, POSTFIX, QMAIL, SENDMAIL, STALWART } from './servers.ts';
import { YAHOO } from './yahoo.ts';

/** All that the rules are measured by. */
export const KNOWN_REPLIES: readonly KnownReplies[] = [
  GOOGLE,
  GOOGLE_POLICY,
  EXCHANGE_ONLINE,
  OUTLOOK_COM,
  YAHOO,
  ICLOUD,
  ATT_NET,
  COMCAST_NET,
  GMX,
  IONOS,
  T_ONLINE,
  BYTECAMP,
  ORANGE,
  LAPOSTE,
  FREE,
  LIBERO,
  YANDEX,
  MAIL_RU,
  RU_CENTER,
  WP,
  INTERIA,
  GR_HOSTING,
  QQ,
  NETEASE,
  NAVER,
  DAUM,
  ZOHO,
  FASTMAIL,
  PROTON,
  ADDY,
  CLOUDFLARE,
  MIMECAST,
  PROOFPOINT,
  BARRACUDA,
  SMTP2GO,
  CPANEL,
  POSTFIX,
  EXIM,
  SENDMAIL,
  EXCHANGE,
  QMAIL,
  HARAKA,
  STALWART,
  OPENSMTPD,
  BLOCK_LISTS,
  GREYLISTING,
  RSPAMD,
];
