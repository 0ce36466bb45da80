/** Spanish sentences for the master key, and for accounts that only their user can open. */
export const esVault = {
  'needs-sign-in/locked-until-password': {
    message: 'Esta cuenta solo se usa mientras tengas la sesión iniciada.',
    action: 'Escribe una vez en esta sesión tu contraseña de Valija para abrirla.',
  },
  'unavailable/key-coming': {
    message: 'Otro profile-server abre esta cuenta en un momento.',
    action: 'Se vuelve a intentar solo.',
  },
  'needs-sign-in/emptied-by-reset': {
    message: 'La contraseña de esta cuenta se olvidó al restablecer tu contraseña de Valija.',
    action: 'Escribe de nuevo la contraseña de la cuenta.',
  },
  'forbidden/signed-in-only-sso': {
    message: 'Para esto hace falta una contraseña propia de Valija, y tú entras a través de tu organización.',
    action: null,
  },
  'forbidden/signed-in-only-policy': {
    message: 'Tu organización no permite cuentas que se comprueben solo con la sesión iniciada.',
    action: null,
  },
  'forbidden/passkey-opens-nothing': {
    message: 'Esta llave de acceso no abre tus cuentas.',
    action: 'Escribe tu contraseña de Valija. En Seguridad puedes dejar que la llave también las abra.',
  },
  'invalid/passkey-computes-nothing': {
    message: 'Esta llave de acceso, o este navegador, no puede abrir cuentas.',
    action: 'Sigue sirviendo para entrar. Abre las cuentas con tu contraseña o prueba otra llave.',
  },
  'conflict/personal-key-gone': {
    message: 'Las cuentas que solo tú puedes abrir están protegidas con otra contraseña tuya.',
    action: 'Quítalas y añádelas de nuevo.',
  },
  'usage/master-key-mode': {
    message: 'Otros pueden cambiar la clave maestra de {file} (permisos {mode}).',
    action: 'Solo debe tenerla su dueño: chmod 400 {file}',
  },
  'unavailable/master-key-command': {
    message: 'Ha fallado la orden que escribe la clave maestra ({why}).',
    action: 'Prueba VALIJA_MASTER_KEY_COMMAND a mano, con el usuario con el que funciona Valija.',
  },
  'usage/master-key-new': {
    message: 'No se ha encontrado ninguna clave maestra nueva.',
    action:
      'Indícala con --new-key-file, o añádela como segunda línea donde está la primera. Se crea con: openssl rand -base64 32',
  },
  'usage/master-key-same': { message: 'Esta es la clave maestra que ya está en uso.', action: null },
  'usage/master-key-source': {
    message: 'La clave maestra nueva no se puede guardar donde está la antigua.',
    action: 'Añádela allí como segunda línea (una orden escribe ambas) y repite sin --new-key-file.',
  },
  'conflict/master-key-moving': {
    message: 'Ningún cambio de clave está ya a la espera.',
    action: 'El que ha empezado sigue hasta el final. Después cambia otra vez.',
  },
  'unavailable/master-key-needs-server': {
    message: 'El profile-server no está en marcha en {dir}.',
    action: 'La clave maestra se cambia mientras funciona. Con varias máquinas, hazlo en una de ellas.',
  },
};
