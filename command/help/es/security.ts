/** Spanish summaries of what a user does so that nobody else gets in. */
export const esSecuritySummaries = {
  'password change': 'cambia tu contraseña',
  'factor list': 'muestra tus segundos factores y cuántos códigos de recuperación quedan',
  'factor recovery': 'crea diez códigos de recuperación nuevos en lugar de los que quedan',
  'totp add': 'configura una aplicación de autenticación como segundo factor',
  'totp remove': 'elimina la aplicación de autenticación',
  'passkey rename': 'da otro nombre a una llave de acceso',
  'passkey remove': 'elimina una llave de acceso',
  'session notes': 'muestra lo que ha pasado en 30 días con quién puede entrar',
} as const;
