import { foldForFinding } from '../find-key.ts';

/** What a file of users may say of each. */
const COLUMNS = ['name', 'display_name', 'group', 'email', 'language', 'initial_password'] as const;
export type Column = (typeof COLUMNS)[number];

/** As headers call them, folded, in both languages. */
const CALLED: Record<string, Column> = {
  name: 'name',
  user: 'name',
  username: 'name',
  user_name: 'name',
  usuario: 'name',
  nombre_de_usuario: 'name',
  nombre: 'name',
  display_name: 'display_name',
  full_name: 'display_name',
  nombre_completo: 'display_name',
  nombre_visible: 'display_name',
  nombre_y_apellidos: 'display_name',
  group: 'group',
  grupo: 'group',
  email: 'email',
  e_mail: 'email',
  mail: 'email',
  correo: 'email',
  correo_electronico: 'email',
  language: 'language',
  idioma: 'language',
  initial_password: 'initial_password',
  password: 'initial_password',
  contrasena_inicial: 'initial_password',
  contrasena: 'initial_password',
};

/** Null for a header that names none of them. */
export function findColumn(header: string): Column | null {
  return CALLED[foldForFinding(header).replace(/[\s-]+/g, '_')] ?? null;
}
