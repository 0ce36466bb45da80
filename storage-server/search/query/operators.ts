import type { Flag } from '../../../common/shapes/mail.ts';
import type { MailboxRole } from '../../../common/shapes/mailbox.ts';

export type Operator =
  | 'from'
  | 'to'
  | 'cc'
  | 'subject'
  | 'filename'
  | 'has'
  | 'in'
  | 'account'
  | 'label'
  | 'before'
  | 'after'
  | 'larger'
  | 'smaller'
  | 'is';

/** How each may be written, without accents: the English name first, the Spanish one second. Both are always taken. */
export const OPERATOR_NAMES: Record<Operator, readonly [string, string, ...string[]]> = {
  from: ['from', 'de'],
  to: ['to', 'para'],
  cc: ['cc', 'copia', 'bcc'],
  subject: ['subject', 'asunto'],
  filename: ['filename', 'archivo', 'attachment', 'adjunto'],
  has: ['has', 'tiene', 'con'],
  in: ['in', 'en', 'mailbox', 'carpeta', 'folder', 'buzon'],
  account: ['account', 'cuenta'],
  label: ['label', 'etiqueta', 'tag'],
  before: ['before', 'antes', 'until', 'hasta'],
  after: ['after', 'despues', 'since', 'desde'],
  larger: ['larger', 'mayor', 'bigger'],
  smaller: ['smaller', 'menor'],
  is: ['is', 'es', 'esta'],
};

/** What `is:` may say; the English word first, the Spanish one second. */
export const STATES: readonly { flag: Flag; set: boolean; names: readonly [string, string, ...string[]] }[] =
  [
    { flag: 'seen', set: false, names: ['unread', 'noleido', 'unseen', 'sinleer', 'noleidos', 'noleida'] },
    { flag: 'seen', set: true, names: ['read', 'leido', 'seen', 'leidos', 'leida'] },
    {
      flag: 'flagged',
      set: true,
      names: ['flagged', 'marcado', 'starred', 'destacado', 'marcados', 'destacados'],
    },
    { flag: 'flagged', set: false, names: ['unflagged', 'nomarcado', 'sinmarcar'] },
    {
      flag: 'answered',
      set: true,
      names: ['answered', 'respondido', 'replied', 'contestado', 'respondidos'],
    },
    { flag: 'answered', set: false, names: ['unanswered', 'norespondido', 'sinresponder'] },
    { flag: 'forwarded', set: true, names: ['forwarded', 'reenviado', 'reenviados'] },
    { flag: 'draft', set: true, names: ['draft', 'borrador', 'borradores', 'drafts'] },
  ];

export const ATTACHMENT_NAMES = ['attachment', 'adjunto', 'attachments', 'adjuntos', 'file', 'archivo'];

/** Mailboxes with a role by what people call them; names of the user's own come first. */
export const ROLE_NAMES: Record<MailboxRole, readonly string[]> = {
  inbox: ['inbox', 'entrada', 'bandeja de entrada', 'recibidos'],
  sent: ['sent', 'enviados', 'enviado'],
  drafts: ['drafts', 'borradores', 'borrador'],
  junk: ['junk', 'spam', 'correo no deseado', 'no deseado'],
  trash: ['trash', 'papelera'],
  archive: ['archive', 'archivo', 'archivados'],
};

const byName = new Map(
  Object.entries(OPERATOR_NAMES).flatMap(([operator, names]) =>
    names.map((name) => [name, operator as Operator] as const),
  ),
);

/** By its name, folded; undefined for what is none: `10:30` and `re:` are words. */
export function findOperator(name: string): Operator | undefined {
  return byName.get(name);
}
