import type { LayerPart } from '../../../../common/shapes/layer.ts';

/** With what a new item of a layer begins: every field that it has. */
export const SAMPLE_ITEMS: Record<Exclude<LayerPart, 'accounts'>, unknown> = {
  identities: {
    account: '',
    name: '{{name}}',
    address: '{{user}}@uni.example',
    replyTo: null,
    signature: { text: '{{name}}\n{{group}}', html: null },
  },
  rules: { name: '', enabled: true, position: 1, script: 'require "fileinto";\n' },
  templates: { name: '', subject: '', html: null, text: '' },
  preferences: 'compact',
  contacts: {
    name: '',
    emails: [{ address: '', kind: null }],
    phones: [],
    organisation: null,
    title: null,
    note: null,
    groups: [],
    vcard: null,
  },
};
