import type { ErrorText } from '../error-text.ts';
import type { enPop3 } from '../en/pop3.ts';

/** Spanish sentences about what a POP3 server does wrong. */
export const esPop3: Record<keyof typeof enPop3, ErrorText> = {
  'timeout/greeting': {
    message: 'El servidor de correo acepta la conexión y no dice nada.',
    action: 'Comprueba el puerto y el tipo de cifrado. Se vuelve a intentar solo.',
  },
  'timeout/idle': {
    message: 'El servidor de correo dejó de responder.',
    action: 'Se vuelve a intentar solo; lo que ya llegó se conserva.',
  },
  'timeout/session': {
    message: 'El servidor de correo fue demasiado lento.',
    action: 'Lo que ya llegó se conserva; el resto se recoge la próxima vez.',
  },
  'tls/certificate-self-signed': {
    message: 'El certificado del servidor de correo está firmado por él mismo.',
    action: 'Comprueba el nombre del servidor. Una autoridad privada hay que darla a conocer a Valija.',
  },
  'tls/certificate-not-yet-valid': {
    message: 'El certificado del servidor de correo aún no es válido.',
    action: 'Hay que corregir el certificado o el reloj de este servidor.',
  },
  'tls/certificate-revoked': {
    message: 'El certificado del servidor de correo fue revocado.',
    action: 'Solo su operador puede renovarlo.',
  },
  'server-error/greeting': {
    message: 'El servidor de correo no deja entrar a nadie en este momento.',
    action: 'Se vuelve a intentar solo.',
  },
  'protocol/garbage': {
    message: 'Lo que responde ahí no habla POP3.',
    action: 'Comprueba el nombre y el puerto: quizá responde otro servicio.',
  },
  'protocol/bare-line-feed': {
    message: 'El servidor de correo termina sus líneas de un modo que POP3 no permite.',
    action: 'Solo su operador puede corregirlo.',
  },
  'protocol/line-too-long': {
    message: 'El servidor de correo envía una línea sin fin.',
    action: 'Comprueba el nombre y el puerto: quizá responde otro servicio.',
  },
  'protocol/unsolicited': {
    message: 'El servidor de correo habla sin que se le pregunte.',
    action: 'Solo su operador puede corregirlo.',
  },
  'protocol/no-uidl': {
    message:
      'El servidor de correo no numera sus mensajes, así que no se distinguen los nuevos de los viejos.',
    action: 'Elige borrarlos allí cuando ya estén aquí, o vacía el buzón.',
  },
  'unavailable/lease-lost': {
    message: 'La cuenta cambió, o alguien más recoge su correo.',
    action: 'No se pierde nada. Se vuelve a intentar solo.',
  },
  'unavailable/stopping': {
    message: 'El servidor está a punto de parar.',
    action: 'Vuelve a intentarlo en un minuto.',
  },
  'auth-failed/mechanism-not-offered': {
    message: 'El servidor de correo no ofrece esta forma de iniciar sesión. Ofrece: {offered}.',
    action: 'Elige otra forma de iniciar sesión.',
  },
  'auth-failed/server-unproven': {
    message: 'El servidor de correo no pudo demostrar que conoce tu contraseña.',
    action: 'Quizá responde otro servidor en su lugar. Comprueba su nombre; elige cifrado.',
  },
  'auth-failed/scram-rounds': {
    message:
      'El servidor de correo pide {rounds} rondas de cálculo para iniciar sesión, y eso no es razonable.',
    action: 'Elige otra forma de iniciar sesión.',
  },
  'needs-sign-in/oauth-refused': {
    message: 'El servidor de correo ya no acepta el permiso que diste a Valija.',
    action: 'Vuelve a iniciar sesión con el proveedor.',
  },
  'tls/encryption-needed': {
    message: 'El servidor de correo solo acepta contraseñas por una conexión cifrada.',
    action: 'Elige TLS o STARTTLS.',
  },
  'protocol/sasl': {
    message: 'El servidor de correo no cumple las reglas del inicio de sesión.',
    action: 'Elige otra forma de iniciar sesión.',
  },
};
