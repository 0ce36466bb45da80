import type {
  SMTPConnectionCustomAuthContext,
  SMTPConnectionCustomAuthHandlers,
} from 'nodemailer/lib/smtp-connection';
import type { SessionTarget } from './smtp-session.ts';

/** SASL with an access token as we speak it: XOAUTH2 (Google, Microsoft) and OAUTHBEARER (RFC 7628). */
export function addLogin(target: SessionTarget): { customAuth?: SMTPConnectionCustomAuthHandlers } {
  const { login, host, port } = target;
  if (login === null) return {};
  const token = login.secret ?? '';
  return {
    customAuth: {
      'VALIJA-XOAUTH2': async (context) => {
        const first = `user=${login.user}\u0001auth=Bearer ${token}\u0001\u0001`;
        await present(context, 'XOAUTH2', first, '');
      },
      'VALIJA-OAUTHBEARER': async (context) => {
        const name = login.user.replace(/=/g, '=3D').replace(/,/g, '=2C');
        const first = `n,a=${name},\u0001host=${host}\u0001port=${port}\u0001auth=Bearer ${token}\u0001\u0001`;
        await present(context, 'OAUTHBEARER', first, 'AQ==');
      },
    },
  };
}

/** A refused token comes as a challenge with the reason in JSON; the answer to it brings the real refusal. */
async function present(
  context: SMTPConnectionCustomAuthContext,
  mechanism: string,
  first: string,
  giveUp: string,
): Promise<void> {
  const command = `AUTH ${mechanism} ${Buffer.from(first).toString('base64')}`;
  let reply = await context.sendCommand(command);
  if (reply.status === 334) reply = await context.sendCommand(giveUp);
  if (reply.status >= 200 && reply.status < 300) context.resolve();
  else context.reject(new Error(`${mechanism} refused`));
}
