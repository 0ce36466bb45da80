import type { Entry } from '../text.ts';
import type { en } from '../en/steps.ts';

export const es: Record<keyof typeof en, Entry> = {
  ways: 'Otras formas de entrar',
  'with-provider': 'Entrar con {name}',
  'with-passkey': 'Entrar con una llave de acceso',
  'leave-provider': 'Salir también de {name}',
  'program-lead':
    'Entra en la ventana del navegador que se ha abierto. Sigue allí solo si muestra el mismo número:',
  cancel: 'Cancelar',
  'fill-in': 'Rellena este campo.',
  'go-on': 'Continuar',
  'from-start': 'Empezar de nuevo',
  'factor-title': 'Un paso más',
  'use-passkey': 'Usar una llave de acceso',
  totp: 'Código de tu aplicación de autenticación',
  'totp-hint': 'Seis cifras que cambian cada medio minuto.',
  'recovery-code': 'Código de recuperación',
  'recovery-code-hint': 'Uno de los diez que guardaste; cada uno sirve una vez.',
  'use-recovery': 'Usar un código de recuperación',
  'use-totp': 'Usar el código de la aplicación',
  'factor-browser':
    'Tu llave de acceso solo funciona en el navegador. Abre allí la dirección de este servidor o usa un código de recuperación.',
  'change-title': 'Elige una contraseña nueva',
  'change-first': 'La que recibiste era para tu primera visita. La nueva solo la sabrás tú.',
  'change-reset': 'Se restableció tu contraseña. La nueva solo la sabrás tú.',
  'change-policy': 'Tu organización pide otra contraseña.',
  'new-password': 'Contraseña nueva',
  rule: 'Al menos {n} caracteres. Varias palabras seguidas van bien; no hacen falta mayúsculas ni cifras.',
  'rule-missing': { one: 'Falta {n} carácter.', other: 'Faltan {n} caracteres.' },
  'rule-enough': 'Es bastante larga. Al continuar se comprueba si se conoce por alguna filtración.',
  'set-up-title': 'Protege tu cuenta',
  'set-up-lead': 'Tu organización pide una segunda prueba además de la contraseña. Elige una:',
  'make-passkey': 'Crear una llave de acceso',
  'passkey-hint':
    'Tu huella, tu cara o el PIN de este dispositivo, o una llave de seguridad. No hay que escribir nada.',
  'use-app': 'Usar una aplicación de autenticación',
  scan: 'Escanea esto con una aplicación de autenticación:',
  'qr-label': 'Código QR para una aplicación de autenticación',
  'or-type': 'O escribe esto en ella:',
  copy: 'Copiar',
  copied: 'Copiado',
  print: 'Imprimir',
  'recovery-title': 'Tus códigos de recuperación',
  'recovery-lead':
    'Si pierdes tu dispositivo, cada uno de estos te deja entrar una vez. Solo se muestran ahora: guárdalos donde nadie más mire.',
  noted: 'Los he guardado',
  'redeem-title': 'Usar un código de restablecimiento',
  'redeem-lead':
    'Con un código pones una contraseña nueva cuando has perdido la tuya. Sirve una vez, durante un día.',
  forgot: '¿Aún no tienes código?',
  'forgot-hint':
    'Si confirmaste una segunda dirección, Valija te envía allí un código. Si no, pídelo a tu administrador.',
  'forgot-run': 'Enviarme un código',
  'forgot-done': 'Si {name} confirmó una segunda dirección, un código va de camino allí.',
  'reset-code': 'Código de restablecimiento',
  'reset-code-hint': 'Tal como te llegó por correo o en mano.',
};
