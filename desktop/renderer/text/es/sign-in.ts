import type { Entry } from '../text.ts';
import type { en } from '../en/sign-in.ts';

export const es: Record<keyof typeof en, Entry> = {
  tagline: 'Todo tu correo en un solo sitio, en cualquier ordenador.',
  'sign-in': 'Entrar',
  register: 'Crear una cuenta',
  'no-account': '¿Es tu primera vez?',
  'have-account': '¿Ya tienes una cuenta?',
  server: 'Servidor',
  'user-name': 'Usuario',
  password: 'Contraseña',
  'fill-in': 'Rellena este campo.',
  'show-password': 'Mostrar contraseña',
  'has-code': '¿Perdiste la contraseña?',
  redeem: 'Usar un código',
  public: 'Este es un equipo público',
  'public-hint': 'No queda nada en él y, tras una pausa, se cierra la sesión.',
  remember: 'Seguir conectado en este equipo',
  'remember-hint': 'Solo en un equipo tuyo.',
  'because-asked': 'Sesión cerrada. Valija no guardó nada en este equipo.',
  'because-left-files': 'Algunos archivos temporales no se pudieron borrar. Avisa al personal del aula.',
  'because-idle':
    'No había nadie desde hacía un rato y Valija cerró la sesión. No guardó nada en este equipo.',
  'because-idle-draft-safe':
    'No había nadie desde hacía un rato y Valija cerró la sesión; tu borrador está a salvo. No guardó nada en este equipo.',
  'because-ended': 'La sesión terminó. Entra de nuevo.',
  'because-ended-draft-safe': 'La sesión terminó. Entra de nuevo; tu borrador está a salvo.',
};
