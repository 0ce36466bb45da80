import type { AlertDetail, AlertKind, AlertMessage } from '../../common/shapes/alert.ts';
import type { Language } from '../../common/shapes/profile.ts';

type Sentence = (detail: AlertDetail, subject: string) => string;

const WHAT: Record<Language, Record<AlertKind, Sentence>> = {
  en: {
    'provider-failing': ({ name, troubled, accounts, percent }) =>
      `${troubled} of ${accounts} accounts at ${name} do not get their mail (${percent} %)`,
    'part-silent': ({ part, minutes }, subject) =>
      `The ${part} ${subject} has said nothing for ${minutes} minutes`,
    'queue-old': ({ minutes, waiting }, subject) =>
      `Mail has been waiting in ${subject} for ${minutes} minutes (${waiting} recipients wait)`,
    'disk-low': ({ part, percent }, subject) =>
      `Only ${percent} % of the disk of the ${part} ${subject} is free`,
    'backup-old': ({ days, last }, subject) =>
      last === null
        ? `${subject} has never been backed up`
        : `The last backup of ${subject} is ${days} days old`,
    'audit-broken': ({ entry }) => `The audit log was changed at entry ${entry}`,
  },
  es: {
    'provider-failing': ({ name, troubled, accounts, percent }) =>
      `${troubled} de ${accounts} cuentas en ${name} no reciben su correo (${percent} %)`,
    'part-silent': ({ part, minutes }, subject) =>
      `${part} ${subject} lleva ${minutes} minutos sin dar señales`,
    'queue-old': ({ minutes, waiting }, subject) =>
      `Hay correo esperando en ${subject} desde hace ${minutes} minutos (esperan ${waiting} destinatarios)`,
    'disk-low': ({ part, percent }, subject) =>
      `Solo queda libre el ${percent} % del disco de ${part} ${subject}`,
    'backup-old': ({ days, last }, subject) =>
      last === null
        ? `Nunca se ha hecho una copia de seguridad de ${subject}`
        : `La última copia de seguridad de ${subject} tiene ${days} días`,
    'audit-broken': ({ entry }) => `El registro de auditoría fue modificado en la entrada ${entry}`,
  },
};

const FRAME: Record<
  Language,
  { test: string; resolved: string; since: string; until: string; where: string }
> = {
  en: {
    test: 'This is a test: alerts of Valija arrive here.',
    resolved: 'Over',
    since: 'Since',
    until: 'Until',
    where: 'See the admin area of',
  },
  es: {
    test: 'Esto es una prueba: las alertas de Valija llegan aquí.',
    resolved: 'Resuelto',
    since: 'Desde',
    until: 'Hasta',
    where: 'Mira el área de administración de',
  },
};

/** Subject and text of the mail about an alert. */
export function writeAlertText(
  { event, alert, server }: AlertMessage,
  language: Language,
): { subject: string; text: string } {
  const frame = FRAME[language];
  if (event === 'test') return { subject: `Valija: ${frame.test}`, text: `${frame.test}\n\n${server}\n` };
  const what = WHAT[language][alert.kind](alert.detail, alert.subject);
  const subject = event === 'resolved' ? `Valija: ${frame.resolved}: ${what}` : `Valija: ${what}`;
  const times = [
    `${frame.since}: ${alert.openedAt}`,
    ...(alert.resolvedAt === null ? [] : [`${frame.until}: ${alert.resolvedAt}`]),
  ];
  return { subject, text: `${what}.\n\n${times.join('\n')}\n\n${frame.where} ${server}\n` };
}
