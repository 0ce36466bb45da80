/** Spanish sentences about the admin area. */
export const esAdmin = {
  'forbidden/password-elsewhere': {
    message: 'Las contraseñas irían a {host}, o viajarían sin cifrar.',
    action: 'Solo puede hacerlo un administrador de la organización, que escriba otra vez el servidor.',
  },
  'invalid/confirm-host': {
    message: 'No se confirmó el nuevo servidor.',
    action: 'Escribe {host} otra vez: todas las contraseñas de estas cuentas irán allí.',
  },
  'forbidden/fix-own-port': {
    message: 'Los administradores de grupo solo pueden cambiar a los puertos 110 y 995.',
    action: 'Pídelo a un administrador de la organización.',
  },
  'forbidden/fix-weaker-tls': {
    message: 'Solo los administradores de la organización pueden reducir la protección de una contraseña.',
    action: null,
  },
  'forbidden/fix-oauth': {
    message: 'Esta cuenta inicia sesión en su proveedor, cuyos permisos no van a otro sitio.',
    action: 'Pide a su usuario que añada la cuenta de nuevo.',
  },
  'forbidden/fix-locked': {
    message: 'Esta cuenta viene de una capa.',
    action: 'Cámbiala allí: es igual para todos.',
  },
  'invalid/alert-threshold': {
    message: 'Este umbral va de {min} a {max}.',
    action: null,
  },
  'invalid/webhook-address': {
    message: 'Un webhook necesita una dirección https sin nombre de usuario dentro.',
    action: 'Usa https, o http en este mismo equipo.',
  },
  'not-found/alert-target': {
    message: 'Ya no se avisa a nadie por ahí.',
    action: null,
  },
  'conflict/audit-broken': {
    message: 'El registro de auditoría fue modificado en la entrada {entry}.',
    action: 'Compáralo con una copia y pregunta quién tiene acceso a la base de datos.',
  },
} as const;
