/** Spanish sentences about signing in with more than name and password. */
export const esSignIn = {
  'not-signed-in/second-factor': {
    message: 'Este usuario inicia sesión con un segundo factor.',
    action: 'Usa valija login, que lo pide, o da el código de la aplicación de autenticación en VALIJA_TOTP.',
  },
  'not-signed-in/change-password': {
    message: 'Antes hay que elegir otra contraseña.',
    action: 'Usa valija login, que la pide, o da la nueva en VALIJA_PASSWORD_NEW.',
  },
  'not-signed-in/set-up-factor': {
    message: 'La organización pide un segundo factor y todavía no hay ninguno.',
    action: 'Usa valija login o inicia sesión con el cliente: los dos lo configuran.',
  },
  'not-signed-in/passkey-only': {
    message: 'Este usuario solo inicia sesión con llaves de acceso.',
    action: 'Inicia sesión con el cliente en un navegador, o configura allí una aplicación de autenticación.',
  },
  'not-signed-in/unlock': {
    message: 'Se necesita la contraseña otra vez.',
    action: 'Usa valija login.',
  },
  'invalid/password-short': {
    message: 'La contraseña es demasiado corta: al menos {min} caracteres.',
    action: 'Usa una frase, o varias palabras que no tengan que ver entre sí.',
  },
  'invalid/password-common': {
    message:
      'Esta contraseña está entre las que se prueban primero: es muy usada, o se compone de una sola palabra, un nombre o una fila de teclas.',
    action:
      'Usa una frase, o varias palabras que no tengan que ver entre sí. No hacen falta mayúsculas ni cifras.',
  },
  'invalid/password-same': {
    message: 'La contraseña nueva es la misma que la anterior.',
    action: 'Elige otra.',
  },
  'invalid/totp-code': {
    message: 'El código no es correcto.',
    action:
      'Mira otra vez la aplicación: un código vale medio minuto. El reloj del teléfono tiene que ir bien.',
  },
  'invalid/passkey': {
    message: 'La llave de acceso no se creó para este servidor.',
    action: 'Inténtalo otra vez en una ventana con la dirección de este servidor.',
  },
  'invalid/passkey-name': {
    message: 'El nombre de una llave de acceso tiene de 1 a {max} caracteres.',
    action: 'Escribe uno más corto.',
  },
  'invalid/proof': {
    message: 'Esto pide otra vez tu contraseña o un segundo factor.',
    action: 'Introduce uno de los dos.',
  },
  'invalid/last-factor': {
    message: 'Para el último segundo factor hace falta tu contraseña.',
    action: 'Introdúcela.',
  },
  'sign-in-failed/second-factor': {
    message: 'El segundo factor no es correcto.',
    action:
      'Usa un código nuevo: cada uno vale una vez y medio minuto. También sirve un código de recuperación.',
  },
  'sign-in-failed/passkey': {
    message: 'La llave de acceso no se conoce aquí, o no ha comprobado quién eres.',
    action: 'Inicia sesión con nombre y contraseña.',
  },
  'sign-in-failed/passkey-copied': {
    message: 'La llave de acceso se ha rechazado: parece que hay una copia de ella.',
    action: 'Entra de otra manera, elimínala y crea una nueva.',
  },
  'sign-in-failed/passkey-directory': {
    message: 'Tu organización decide si puedes entrar: una llave de acceso sola no basta.',
    action: 'Entra como lo hace tu organización; puede que después se te pida la llave de acceso.',
  },
  'sign-in-failed/ticket': {
    message: 'Eso ha tardado más de cinco minutos, o ya se había respondido.',
    action: 'Inicia sesión desde el principio.',
  },
  'forbidden/no-password': {
    message: 'Tu contraseña la guarda tu organización.',
    action: 'Cámbiala allí.',
  },
  'forbidden/passkey-host': {
    message: 'Este servidor no tiene nombre, solo una dirección IP: así no hay llaves de acceso.',
    action: 'Usa una aplicación de autenticación.',
  },
  'forbidden/factor-required': {
    message: 'Tu organización pide un segundo factor.',
    action: 'Añade otro y después elimina este.',
  },
  'conflict/password-changed': {
    message: 'La contraseña se ha cambiado entretanto.',
    action: 'Inicia sesión con la nueva.',
  },
  'conflict/passkey-known': {
    message: 'Esta llave de acceso ya se conoce.',
    action: 'Usa otro dispositivo, o la que ya está.',
  },
  'too-large/passkeys': {
    message: 'Puede haber {limit} llaves de acceso como máximo.',
    action: 'Elimina una que no uses.',
  },
  'not-found/factor': {
    message: 'No existe ese segundo factor.',
    action: 'Mira la lista.',
  },
} as const;
