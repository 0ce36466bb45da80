import type { Entry } from '../text.ts';
import type { en } from '../en/vault.ts';

export const es: Record<keyof typeof en, Entry> = {
  only: 'Usar esta cuenta solo mientras tenga la sesión iniciada',
  'only-hint':
    'Su contraseña se cierra con tu contraseña de Valija, de modo que el servidor no puede abrirla sin ti. Mientras no tengas ninguna sesión iniciada, no se recoge correo ni se envía nada por esta cuenta. En una sesión que abriste sin tu contraseña, se te pide una vez. Si alguna vez se restablece tu contraseña de Valija, la de esta cuenta se olvida y la escribes de nuevo; tu correo se queda.',
  'unlock-title': 'Tu contraseña de Valija, por favor',
  'unlock-why':
    'Esta cuenta solo se usa mientras tengas la sesión iniciada. Tu contraseña la abre para esta sesión.',
  'unlock-password': 'Contraseña con la que entras en Valija',
  unlock: 'Abrir',
  'unlock-passkey': 'Abrir con una llave de acceso',
  uses: 'Usos de la contraseña de esta cuenta',
  'uses-hint':
    'Cada vez que Valija abrió la contraseña o el permiso de esta cuenta en los últimos 30 días. Solo lo ves tú.',
  'no-uses': 'Aún no se ha usado.',
  older: 'Anteriores',
  'for-retrieve': 'Para recoger correo',
  'for-test': 'Para probar los ajustes',
  'for-submit': 'Para enviar correo',
  'for-submit-test': 'Para probar el envío',
  'for-grant-test': 'Para probar la entrada en el proveedor',
  'for-refresh': 'Para renovar el permiso del proveedor',
  'for-export': 'Para exportar el perfil con contraseñas',
  'for-restore': 'Para reponerla desde una copia',
  'by-storage-server': 'almacén de correo',
  'by-smtp-relay': 'servidor de envío',
  'by-profile-server': 'servidor de perfiles',
};
