/** English words for identities, templates and groups of the address book. */
export const enProfile = {
  itemName: 'Name',
  itemSaved: 'Saved: {name} ({id})',
  itemsRemoved: 'Removed: {n}',
  noTemplates: 'No templates. Make one: valija template add --help',
  templateSubject: 'Subject',
  noIdentities: 'No identities. Each account brings one.',
  signature: 'Signature',
  noContactGroups: 'No groups of contacts.',
  members: 'Members',
};
