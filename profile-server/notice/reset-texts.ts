import type { Language } from '../../common/shapes/profile.ts';

interface Mail {
  subject: string;
  text: string;
}

/** Mails with codes for coming in again. `server`: address of this Valija. */
export const RESET_TEXTS: Record<
  Language,
  {
    secondAddress(values: { code: string; server: string; name: string }): Mail;
    reset(values: { code: string; server: string; name: string }): Mail;
  }
> = {
  en: {
    secondAddress: ({ code, server, name }) => ({
      subject: `${code} is your code for this address`,
      text: `The user ${name} of Valija at ${server} wants codes for a lost password to be sent to this address.

If that was you, enter this code there within 24 hours:

    ${code}

If it was not you, do nothing, and do not pass the code on.
`,
    }),
    reset: ({ code, server, name }) => ({
      subject: 'Your code for a new password',
      text: `With this code the user ${name} of Valija at ${server} chooses a new password, once and within 24 hours:

    ${code}

Enter it at the sign-in, at “Use a reset code”, or on the command line: valija redeem

It signs you out everywhere. If you have not asked for it, do nothing: the old password stays good until the code is used. Do not pass it on to anybody, administrators neither.
`,
    }),
  },
  es: {
    secondAddress: ({ code, server, name }) => ({
      subject: `${code} es tu código para esta dirección`,
      text: `El usuario ${name} de Valija en ${server} quiere que los códigos para una contraseña perdida lleguen a esta dirección.

Si has sido tú, introduce allí este código antes de 24 horas:

    ${code}

Si no has sido tú, no hagas nada, y no se lo des a nadie.
`,
    }),
    reset: ({ code, server, name }) => ({
      subject: 'Tu código para una contraseña nueva',
      text: `Con este código el usuario ${name} de Valija en ${server} elige una contraseña nueva, una sola vez y antes de 24 horas:

    ${code}

Introdúcelo al iniciar sesión, en «Usar un código», o en la línea de órdenes: valija redeem

Cierra tus sesiones en todas partes. Si no lo has pedido tú, no hagas nada: la contraseña de antes vale hasta que se use el código. No se lo des a nadie, tampoco a quien administra.
`,
    }),
  },
};
