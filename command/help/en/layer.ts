/** English help for the groups `policy` and `layer`. */
export const enLayerSummaries = {
  'policy show': 'shows what the organisation or a group demands, and what holds (administrators)',
  'policy set':
    'changes what the organisation or a group demands; of both the stricter holds (administrators)',
  'layer list': 'lists what users get from the organisation or a group (administrators)',
  'layer add': 'gives an account, a rule, a text, a preference or a contact to all users (administrators)',
  'layer edit':
    'changes what users get; what they changed themselves stays unless it is locked (administrators)',
  'layer remove': 'takes it away from users; mail stays (administrators)',
} as const;

export const enLayerOptions = {
  'policy show organisation': 'of the organisation (so it is without --group)',
  'policy set organisation': 'of the organisation (so it is without --group)',
  'layer list organisation': 'of the organisation (so it is without --group)',
  'layer add organisation': 'of the organisation (so it is without --group)',
  'layer edit organisation': 'of the organisation (so it is without --group)',
  'layer remove organisation': 'of the organisation (so it is without --group)',
  'policy show group': 'of this group (name or ID)',
  'policy set group': 'of this group (name or ID)',
  'layer list group': 'of this group (name or ID)',
  'layer add group': 'for the users of this group (name or ID)',
  'layer edit group': 'of this group (name or ID)',
  'layer remove group': 'of this group (name or ID)',
  part: 'only these: accounts, identities, rules, templates, preferences, contacts',
  'layer add key': 'of a preference: which one, such as theme',
  'layer add value': 'the item as JSON, instead of options',
  'layer edit value': 'the item as JSON, instead of options',
  'value-file': 'file with the item as JSON',
  locked: 'users may not change it; the text is shown to them as the reason',
  unlocked: 'users may change it',
  'reply-to': 'where answers go',
  'signature-file': 'file with the signature as text; {{name}}, {{email}}, {{group}}, {{date}} are filled in',
  'signature-html-file': 'file with the signature as HTML',
  'layer add email': 'the address, such as {{user}}@uni.example',
  'layer edit email': 'the address, such as {{user}}@uni.example',
  'layer add name': 'the name beside the address ({{name}}); name of a rule',
  'layer edit name': 'the name beside the address; name of a rule',
  'layer add script': 'rule: file with a Sieve script',
  'layer edit script': 'rule: file with a Sieve script',
  'layer add position': 'rule: smaller runs first (0); rules of layers run before those of users',
  'layer edit position': 'rule: smaller runs first; rules of layers run before those of users',
} as const;

/** What `policy set` takes. */
export const enPolicySettings = [
  ['allowed-hosts=*.uni.example,pop.gmail.com', 'mail servers that accounts may use; none: all'],
  ['smallest-interval=600', 'shortest time between checks in seconds; none: no limit'],
  ['quota=5G', 'mail that a user may keep; none: no limit'],
  ['least-keep=any|days:N|always', 'how long mail has to stay on the servers'],
  ['own-accounts=yes|no', 'whether users may have accounts beside those that are given'],
  ['registration=open|invite|closed', 'who may register (organisation only)'],
  ['remember=yes|no', 'whether sessions may outlive the browser'],
  ['second-factor=optional|required', 'whether everybody needs one'],
  ['reset-needs-two=yes|no', 'whether a second administrator has to agree to a reset'],
  ['signed-in-only=yes|no', 'whether accounts may be polled only while their user is signed in'],
  ['lab=off|offered|forced', 'sessions that leave nothing on the computer'],
  ['lab-idle=15', 'minutes without activity after which they end'],
  ['lab-saves=image/*,application/pdf', 'what they may save as a file'],
  ['NAME=', 'leaves this setting unset again'],
] as const;

/** What `layer add` gives. */
export const enLayerParts = [
  ['accounts', 'an account, such as {{user}}@uni.example; each user gives its password once'],
  ['identities', 'an address to write as, with its signature'],
  ['rules', 'a Sieve script that runs before the users’ own rules'],
  ['templates', 'a text to write with, as JSON'],
  ['preferences', 'a choice such as theme, as JSON'],
  ['contacts', 'a shared contact, as JSON'],
] as const;
