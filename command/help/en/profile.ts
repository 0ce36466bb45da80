/** English help of identities, templates, groups of the address book, and the history's undo. */
export const enProfileSummaries = {
  'identity list': 'lists the addresses that you write as; * is the one of new mails',
  'identity add': 'makes an identity: an address of an account, with name and signature',
  'identity edit': 'changes what is named of an identity (ID or address); all else stays as it is',
  'identity remove': 'removes identities',
  'template list': 'lists the templates',
  'template show': 'shows a template',
  'template add':
    'makes a template; it may name {{name}}, {{email}}, {{date}}, {{time}}, {{group}}, {{user}}',
  'template edit': 'changes what is named of a template; all else stays as it is',
  'template remove': 'removes templates',
  'contact-group list': 'lists the groups of the address book and who is in them',
  'contact-group add': 'makes a group; typed as recipient it stands for its members',
  'contact-group edit': 'changes a group’s name or members',
  'contact-group remove': 'removes groups; their contacts stay',
  'profile undo': 'takes one change of the history back; what came later stays',
};

export const enProfileOptions = {
  'identity add account': 'the account that its mail leaves by (ID or address)',
  'identity edit account': 'the account that its mail leaves by (ID or address)',
  'identity edit address': 'the address itself',
  'identity add name': 'name that others see',
  'identity edit name': 'name that others see; empty takes it away',
  'identity add reply-to': 'where answers go',
  'identity edit reply-to': 'where answers go; empty takes it away',
  signature: 'file with the signature as text; it may name {{name}}, {{email}}, {{date}}…',
  'signature-html': 'file with the signature as HTML',
  default: 'new mails begin with it',
  'template edit name': 'its new name',
  'template add subject': 'put in where a mail has none yet',
  'template edit subject': 'put in where a mail has none yet',
  'template add text': 'file with the text',
  'template edit text': 'file with the text',
  'template add html': 'file with the text as HTML',
  'template edit html': 'file with the text as HTML',
  'contact-group edit name': 'its new name',
  'contact-group add member': 'contact (ID, name or address) or any address; may be repeated',
  'contact-group edit member':
    'contact (ID, name or address) or any address; may be repeated; replaces those that are there',
};
