/** Spanish sentences for the profile: templates, groups of the address book, history. */
export const esProfile = {
  'not-found/no-such-report': {
    message: 'No hay informe de {period}.',
    action: 'Un mes se publica nueve días después de su fin; un año, tras su último mes.',
  },
  'name-taken/template': { message: 'Ya hay una plantilla con ese nombre.', action: 'Elige otro.' },
  'name-taken/contact-group': {
    message: 'Ya hay un grupo con ese nombre en los contactos.',
    action: 'Elige otro.',
  },
  'not-found/template': { message: 'La plantilla «{name}» no existe.', action: null },
  'not-found/contact-group': { message: 'El grupo «{name}» no existe en los contactos.', action: null },
  'not-found/no-change': { message: 'El historial no conoce ese cambio.', action: null },
  'forbidden/undo-account': {
    message: 'Añadir una cuenta no se puede deshacer aquí.',
    action: 'Quita la cuenta: su correo se queda.',
  },
  'forbidden/undo-mailbox': {
    message: 'Crear una carpeta no se puede deshacer aquí: puede tener correo.',
    action: 'Quita la carpeta en los ajustes.',
  },
  'conflict/undo': {
    message: 'Lo mismo se cambió otra vez después.',
    action: 'Deshaz antes el cambio posterior, o cámbialo a mano.',
  },
};
