/** Spanish words for identities, templates and groups of the address book. */
export const esProfile = {
  itemName: 'Nombre',
  itemSaved: 'Guardado: {name} ({id})',
  itemsRemoved: 'Quitados: {n}',
  noTemplates: 'No hay plantillas. Haz una: valija template add --help',
  templateSubject: 'Asunto',
  noIdentities: 'No hay identidades. Cada cuenta trae una.',
  signature: 'Firma',
  noContactGroups: 'No hay grupos de contactos.',
  members: 'Miembros',
};
