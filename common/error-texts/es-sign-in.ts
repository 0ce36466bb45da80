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
  'not-signed-in/unlock': {
    message: 'Se necesita la contraseña otra vez.',
    action: 'Usa valija login.',
  },
} as const;
