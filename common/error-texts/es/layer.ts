/** Spanish sentences for what organisation and groups demand and give. */
export const esLayer = {
  'host-not-allowed/policy-host': {
    message: 'Tu organización no permite cuentas en {host}.',
    action: 'Sus administradores deciden qué servidores de correo se pueden usar.',
  },
  'route-refused/smarthost-forbidden': {
    message: 'Tu organización ya no permite el servidor por el que envía esta cuenta.',
    action: 'Haz que la cuenta envíe de otra forma, o pregunta a tu administrador.',
  },
  'forbidden/policy-own-accounts': {
    message: 'Tu organización no permite cuentas propias: solo las que ella da.',
    action: 'Pregunta a tu administrador.',
  },
  'forbidden/policy-keep': {
    message: 'Tu organización quiere que el correo permanezca en el servidor al menos {days} días.',
    action: 'Elige un plazo más largo.',
  },
  'forbidden/policy-keep-always': {
    message: 'Tu organización quiere que el correo permanezca en el servidor.',
    action: 'Elige conservarlo todo.',
  },
  'forbidden/policy-interval': {
    message: 'Tu organización permite una consulta cada {seconds} segundos, no más.',
    action: 'Elige un intervalo más largo.',
  },
  'forbidden/locked': {
    message: 'Tu administrador ha bloqueado esto: «{why}».',
    action: null,
  },
  'forbidden/layer-gone': {
    message: 'Tu organización te dio esto y lo ha retirado.',
    action: 'Pregunta a tu administrador.',
  },
  'invalid/policy-registration': {
    message: 'Quién puede registrarse lo dice la organización, no un grupo.',
    action: null,
  },
  'invalid/layer-variable': {
    message: 'No existe la variable «{name}».',
    action: 'Se conocen estas: {known}',
  },
  'not-found/layer-item': { message: 'La capa no tiene (ya) el elemento «{id}».', action: null },
  'needs-sign-in/layer-password': {
    message: 'Tu organización ha preparado esta cuenta para ti. Falta tu contraseña.',
    action: 'Escríbela una vez; desde entonces se recoge tu correo.',
  },
  'needs-sign-in/layer-moved': {
    message: 'Tu organización ha trasladado esta cuenta a otro servidor.',
    action: 'Escribe de nuevo tu contraseña: no se envía por sí sola a otro servidor.',
  },
} as const;
