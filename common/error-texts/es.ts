import type { ErrorText } from './error-text.ts';
import type { en } from './en.ts';
import { esAccount } from './es/account.ts';
import { esAdmin } from './es/admin.ts';
import { esDelivery } from './es/delivery.ts';
import { esDiscovery } from './es/discovery.ts';
import { esFiling } from './es/filing.ts';
import { esKeeping } from './es/keeping.ts';
import { esLab } from './es/lab.ts';
import { esLayer } from './es/layer.ts';
import { esMail } from './es/mail.ts';
import { esDirectory } from './es/directory.ts';
import { esOAuth } from './es/oauth.ts';
import { esProfile } from './es/profile.ts';
import { esPop3 } from './es/pop3.ts';
import { esReplies } from './es/replies.ts';
import { esQueue } from './es/queue.ts';
import { esRoute } from './es/route.ts';
import { esSearch } from './es/search.ts';
import { esSending } from './es/sending.ts';
import { esSignIn } from './es/sign-in.ts';
import { esStructure } from './es/structure.ts';
import { esSieve } from './es/sieve.ts';
import { esTransfer } from './es/transfer.ts';
import { esUsage } from './es/usage.ts';
import { esVault } from './es/vault.ts';
import { esUser } from './es/user.ts';
import { esUserFile } from './es/user-file.ts';

/** Spanish sentences for every error, with the keys of the English ones. */
export const es: Record<keyof typeof en, ErrorText> = {
  ...esAccount,
  ...esAdmin,
  ...esDelivery,
  ...esDiscovery,
  ...esFiling,
  ...esKeeping,
  ...esLayer,
  ...esMail,
  ...esLab,
  ...esDirectory,
  ...esOAuth,
  ...esPop3,
  ...esProfile,
  ...esReplies,
  ...esQueue,
  ...esRoute,
  ...esSearch,
  ...esSending,
  ...esSignIn,
  ...esStructure,
  ...esSieve,
  ...esTransfer,
  ...esUsage,
  ...esVault,
  ...esUser,
  ...esUserFile,
  invalid: { message: 'Algún dato no es válido.', action: null },
  'invalid/field/email': {
    message: 'Esto no es una dirección de correo.',
    action: 'Escribe la dirección entera, como nombre@example.org.',
  },
  'invalid/field': { message: '«{field}» no es válido.', action: null },
  'invalid/empty-message': {
    message: 'No hay mensaje: no llegó nada.',
    action: 'Dáselo así: valija send --raw < mensaje.eml',
  },
  'not-signed-in': { message: 'No has iniciado sesión.', action: 'Inicia sesión y vuelve a probar.' },
  'not-signed-in/session-ended': { message: 'La sesión terminó.', action: 'Entra de nuevo.' },
  'not-signed-in/no-session': {
    message: 'No has iniciado sesión.',
    action: 'Usa valija login, o define VALIJA_USER y VALIJA_PASSWORD.',
  },
  'not-signed-in/other-server': {
    message: 'Tu sesión es de {server}, no de este servidor.',
    action: 'Usa valija login para este servidor.',
  },
  'sign-in-failed': { message: 'El usuario o la contraseña no son correctos.', action: null },
  'too-many-tries': { message: 'Demasiados intentos.', action: 'Espera un poco y vuelve a probar.' },
  'too-many-tries/wait': { message: 'Demasiados intentos. Espera {n} s y vuelve a probar.', action: null },
  'name-taken': { message: 'Ese nombre de usuario ya existe.', action: 'Elige otro.' },
  forbidden: { message: 'No tienes permiso para hacer esto.', action: null },
  'forbidden/registration-closed': {
    message: 'Este servidor no admite registros.',
    action: 'Pide una cuenta a su administrador.',
  },
  'forbidden/invite-needed': {
    message: 'Para registrarse aquí hace falta una invitación.',
    action: 'Pídela al administrador, que la crea con: valija invite',
  },
  'not-found/no-account': { message: 'No existe la cuenta «{account}».', action: null },
  'not-found/session': { message: 'No existe, o ya no existe, la sesión «{session}».', action: null },
  'not-found': { message: 'No existe, o ya no existe.', action: null },
  conflict: {
    message: 'Alguien lo cambió mientras tanto.',
    action: 'Mira cómo está ahora y vuelve a probar.',
  },
  'too-large': { message: 'Es más grande de lo permitido.', action: null },
  'too-large/limit': { message: 'Es más grande que el límite de {limit}.', action: null },
  quota: { message: 'Se agotó el espacio de tu correo.', action: 'Borra algo o pide más al administrador.' },
  'disk-full': {
    message: 'El disco del servidor está lleno.',
    action: 'No se pierde ningún correo. El administrador tiene que hacer sitio.',
  },
  'tls/service-needs-tls': {
    message: 'Las partes de Valija solo hablan con {host} por TLS.',
    action: 'Dale a esa parte una dirección https.',
  },
  unavailable: {
    message: 'El servidor no puede hacerlo ahora.',
    action: 'Vuelve a probar un poco más tarde.',
  },
  'unavailable/no-profile-server': {
    message: 'El profile-server no responde en {address}: {cause}.',
    action:
      'Las demás partes lo buscan ahí (VALIJA_PUBLIC_URL): el nombre debe llevar a él y su certificado ser de confianza.',
  },
  'unavailable/cannot-reach-server': {
    message: 'Valija no responde en {server}.',
    action: '¿Está en marcha? Con VALIJA_SERVER se indica otra dirección.',
  },
  'unavailable/cannot-check-session': {
    message: 'El servidor no puede comprobar tu sesión ahora.',
    action: 'Tu correo está a salvo. Vuelve a probar en un minuto.',
  },
  'unavailable/no-home': {
    message: 'Todavía no se ha añadido ningún servidor de correo guardado.',
    action: 'Pide al administrador que añada uno.',
  },
  'unavailable/no-relay': {
    message: 'Todavía no se ha añadido ningún servidor de envío.',
    action: 'Pide al administrador que añada uno.',
  },
  'unavailable/database': {
    message: 'La base de datos no responde.',
    action: 'No se ha perdido nada. Vuelve a probar en un minuto.',
  },
  'unavailable/database-newer': {
    message: 'Una Valija más nueva ya ha cambiado esta base de datos.',
    action: 'Arranca esa versión, o restaura una copia anterior.',
  },
  'unavailable/database-not-durable': {
    message: 'Este servidor de base de datos podría olvidar lo que ha confirmado: {problem}.',
    action: 'Usa tablas InnoDB e innodb_flush_log_at_trx_commit = 1.',
  },
  'unavailable/port-taken': {
    message: 'El puerto {port} de {host} está ocupado, quizá por una Valija que ya está en marcha.',
    action: 'Cierra ese programa, o elige otros puertos con --port-base.',
  },
  'unavailable/no-free-port': { message: 'No se encontró ningún puerto libre en {host}.', action: null },
  'unavailable/cannot-listen': {
    message: 'No se puede escuchar en {host}, puerto {port}: {detail}.',
    action: '¿Es --host una dirección de esta máquina? Los puertos por debajo del 1024 exigen permisos.',
  },
  'unavailable/data-in-use': {
    message: 'Otra Valija está en marcha sobre {dir}.',
    action: 'Párala, o elige otra carpeta con --data.',
  },
  'unavailable/data-unusable': {
    message: 'No se puede usar {dir}: {detail}',
    action: 'Elige con --data una carpeta tuya.',
  },
  'not-yet': { message: 'Esto todavía no se puede hacer.', action: null },
  'not-yet/command': { message: 'valija {command} todavía no existe.', action: null },
  internal: {
    message: 'Algo falló dentro de Valija.',
    action: 'No se ha perdido nada. Si se repite, avisa al administrador.',
  },
  'forbidden/admins-only': { message: 'Solo los administradores pueden hacer esto.', action: null },
  'forbidden/unknown-host': {
    message: 'El servidor no reconoce esta dirección como suya.',
    action: 'Abre Valija en su propia dirección.',
  },
  'forbidden/unknown-origin': {
    message: 'Esta página no puede hablar con el servidor.',
    action: 'Abre Valija en su propia dirección.',
  },
  'forbidden/user-disabled': {
    message: 'Este usuario está desactivado.',
    action: 'Pregunta al administrador.',
  },
  'forbidden/enrol-code': {
    message: 'El código de esta parte no es correcto, ya se usó o tiene más de 15 minutos.',
    action: 'Crea otro: valija part add',
  },
  'invalid/input': { message: '«{field}» no es válido.', action: null },
  'invalid/invite': {
    message: 'La invitación no es correcta, ya se usó o ha caducado.',
    action: 'Pide otra.',
  },
  'invalid/setup-code': {
    message: 'El código de instalación no es correcto.',
    action: 'Se muestra donde se inició Valija. Tras cinco intentos fallidos se crea uno nuevo.',
  },
  'invalid/password-long': {
    message: 'La contraseña es demasiado larga: {max} caracteres como máximo.',
    action: null,
  },
  'not-signed-in/token-reused': {
    message: 'La sesión se cerró porque se usó desde dos sitios.',
    action: 'Entra de nuevo.',
  },
  'unavailable/busy': {
    message: 'Ahora mismo entran demasiadas personas.',
    action: 'Vuelve a probar en unos segundos.',
  },
  'unavailable/cancelled': { message: 'Se detuvo antes de terminar.', action: 'Vuelve a probar.' },
  'internal/blob-damaged': {
    message: 'Bytes guardados de este mensaje están dañados.',
    action: 'Avisa al administrador: puede haber una copia de seguridad.',
  },
  'internal/not-verified': {
    message: 'Mensajes guardados que no se pueden volver a leer: {count}. No se borraron del servidor.',
    action: 'Se descargan otra vez solos. Si se repite, el administrador debería revisar el disco.',
  },
  'invalid/user-name-empty': { message: 'Hace falta un nombre de usuario.', action: null },
  'invalid/user-name-long': {
    message: 'El nombre de usuario es demasiado largo: como máximo {max} caracteres.',
    action: null,
  },
  'invalid/user-name-characters': {
    message: 'El nombre de usuario lleva un carácter que no se admite.',
    action: 'Se admiten letras, cifras, espacios sueltos y . _ @ + -, con una letra o cifra delante.',
  },
  'name-taken/label': { message: 'Ya hay una etiqueta con ese nombre.', action: 'Elige otro.' },
  'name-taken/mailbox': { message: 'Ya hay aquí una carpeta con ese nombre.', action: 'Elige otro.' },
  'forbidden/mailbox-not-empty': {
    message: 'Esta carpeta contiene otras.',
    action: 'Mueve o quita antes esas.',
  },
  'not-found/app-password': {
    message: 'No hay ninguna contraseña de aplicación «{id}».',
    action: 'Mira la lista: puede que ya esté eliminada.',
  },
  'invalid/app-password-name': {
    message: 'Una contraseña de aplicación necesita un nombre de {max} caracteres como máximo.',
    action: 'Ponle el nombre del programa que la usará.',
  },
  'too-large/app-passwords': {
    message: 'Tienes {limit} contraseñas de aplicación y no caben más.',
    action: 'Elimina las que no use ningún programa.',
  },
  'forbidden/own-user': {
    message: 'Quien administra no puede desactivarse a sí mismo.',
    action: 'Pídeselo a otra persona que administre.',
  },
  'quota/too-many': { message: 'No puede haber más de {limit}.', action: 'Quita antes alguno.' },
  'unavailable/wrong-master-key': {
    message: 'La clave maestra no es la de esta base de datos.',
    action: 'Repón el archivo correcto: master.key del directorio de datos, o VALIJA_MASTER_KEY_FILE.',
  },
};
