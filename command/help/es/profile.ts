/** Spanish help of identities, templates, groups of the address book, and the history's undo. */
export const esProfileSummaries = {
  'identity list': 'enumera las direcciones con las que escribes; * es la de los mensajes nuevos',
  'identity add': 'crea una identidad: una dirección de una cuenta, con nombre y firma',
  'identity edit': 'cambia de una identidad (ID o dirección) lo que se indique; lo demás queda como está',
  'identity remove': 'quita identidades',
  'template list': 'enumera las plantillas',
  'template show': 'muestra una plantilla',
  'template add':
    'crea una plantilla; puede nombrar {{name}}, {{email}}, {{date}}, {{time}}, {{group}}, {{user}}',
  'template edit': 'cambia de una plantilla lo que se indique; lo demás queda como está',
  'template remove': 'quita plantillas',
  'contact-group list': 'enumera los grupos de contactos y quién está en ellos',
  'contact-group add': 'crea un grupo; escrito como destinatario vale por sus miembros',
  'contact-group edit': 'cambia el nombre o los miembros de un grupo',
  'contact-group remove': 'quita grupos; sus contactos se quedan',
  'profile undo': 'deshace un cambio del historial; lo posterior se queda',
};

export const esProfileOptions = {
  'identity add account': 'la cuenta por la que sale su correo (ID o dirección)',
  'identity edit account': 'la cuenta por la que sale su correo (ID o dirección)',
  'identity edit address': 'la dirección misma',
  'identity add name': 'nombre que ven los demás',
  'identity edit name': 'nombre que ven los demás; vacío lo quita',
  'identity add reply-to': 'a dónde van las respuestas',
  'identity edit reply-to': 'a dónde van las respuestas; vacío lo quita',
  signature: 'archivo con la firma como texto; puede nombrar {{name}}, {{email}}, {{date}}…',
  'signature-html': 'archivo con la firma en HTML',
  default: 'los mensajes nuevos empiezan con ella',
  'template edit name': 'su nuevo nombre',
  'template add subject': 'se pone si el mensaje no tiene asunto',
  'template edit subject': 'se pone si el mensaje no tiene asunto',
  'template add text': 'archivo con el texto',
  'template edit text': 'archivo con el texto',
  'template add html': 'archivo con el texto en HTML',
  'template edit html': 'archivo con el texto en HTML',
  'contact-group edit name': 'su nuevo nombre',
  'contact-group add member': 'contacto (ID, nombre o dirección) o cualquier dirección; se puede repetir',
  'contact-group edit member':
    'contacto (ID, nombre o dirección) o cualquier dirección; se puede repetir; sustituye a los que haya',
};
