/** Spanish help for the groups `policy` and `layer`. */
export const esLayerSummaries = {
  'policy show': 'muestra lo que exige la organización o un grupo, y lo que rige (administradores)',
  'policy set':
    'cambia lo que exige la organización o un grupo; de ambos rige lo más estricto (administradores)',
  'layer list': 'lista lo que los usuarios reciben de la organización o de un grupo (administradores)',
  'layer add': 'da una cuenta, una regla, un texto, una preferencia o un contacto a todos (administradores)',
  'layer edit': 'cambia lo que se da; lo que cada uno cambió queda, si no está bloqueado (administradores)',
  'layer remove': 'lo retira a los usuarios; el correo queda (administradores)',
} as const;

export const esLayerOptions = {
  'policy show organisation': 'de la organización (así es sin --group)',
  'policy set organisation': 'de la organización (así es sin --group)',
  'layer list organisation': 'de la organización (así es sin --group)',
  'layer add organisation': 'de la organización (así es sin --group)',
  'layer edit organisation': 'de la organización (así es sin --group)',
  'layer remove organisation': 'de la organización (así es sin --group)',
  'policy show group': 'de este grupo (nombre o ID)',
  'policy set group': 'de este grupo (nombre o ID)',
  'layer list group': 'de este grupo (nombre o ID)',
  'layer add group': 'para los usuarios de este grupo (nombre o ID)',
  'layer edit group': 'de este grupo (nombre o ID)',
  'layer remove group': 'de este grupo (nombre o ID)',
  part: 'solo estos: accounts, identities, rules, templates, preferences, contacts',
  'layer add key': 'de una preferencia: cuál, como theme',
  'layer add value': 'el elemento como JSON, en lugar de opciones',
  'layer edit value': 'el elemento como JSON, en lugar de opciones',
  'value-file': 'archivo con el elemento como JSON',
  locked: 'los usuarios no pueden cambiarlo; el texto se les muestra como motivo',
  unlocked: 'los usuarios pueden cambiarlo',
  'reply-to': 'adónde van las respuestas',
  'signature-file': 'archivo con la firma como texto; se rellenan {{name}}, {{email}}, {{group}}, {{date}}',
  'signature-html-file': 'archivo con la firma como HTML',
  'layer add email': 'la dirección, como {{user}}@uni.example',
  'layer edit email': 'la dirección, como {{user}}@uni.example',
  'layer add name': 'el nombre junto a la dirección ({{name}}); nombre de una regla',
  'layer edit name': 'el nombre junto a la dirección; nombre de una regla',
  'layer add script': 'regla: archivo con un script Sieve',
  'layer edit script': 'regla: archivo con un script Sieve',
  'layer add position': 'regla: la menor se aplica antes (0); las de capas, antes que las de usuarios',
  'layer edit position': 'regla: la menor se aplica antes; las de capas, antes que las de usuarios',
} as const;

/** What `policy set` takes. */
export const esPolicySettings = [
  ['allowed-hosts=*.uni.example,pop.gmail.com', 'servidores que pueden usar las cuentas; none: todos'],
  ['smallest-interval=600', 'segundos entre consultas como mínimo; none: sin límite'],
  ['quota=5G', 'correo que puede guardar un usuario; none: sin límite'],
  ['least-keep=any|days:N|always', 'cuánto debe quedar el correo en los servidores'],
  ['own-accounts=yes|no', 'si los usuarios pueden tener cuentas además de las que se dan'],
  ['registration=open|invite|closed', 'quién puede registrarse (solo la organización)'],
  ['remember=yes|no', 'si las sesiones pueden durar más que el navegador'],
  ['second-factor=optional|required', 'si todos necesitan uno'],
  ['reset-needs-two=yes|no', 'si un segundo administrador debe aprobar un restablecimiento'],
  ['signed-in-only=yes|no', 'si hay cuentas que solo se consultan con su usuario dentro'],
  ['lab=off|offered|forced', 'sesiones que no dejan nada en el equipo'],
  ['lab-idle=15', 'minutos sin actividad tras los que terminan'],
  ['lab-saves=image/*,application/pdf', 'lo que pueden guardar como archivo'],
  ['NAME=', 'deja este ajuste otra vez sin indicar'],
] as const;

/** Lo que da `layer add`. */
export const esLayerParts = [
  ['accounts', 'una cuenta, como {{user}}@uni.example; cada usuario da su contraseña una vez'],
  ['identities', 'una dirección con la que escribir, con su firma'],
  ['rules', 'un script Sieve que se aplica antes que las reglas de los usuarios'],
  ['templates', 'un texto con el que escribir, como JSON'],
  ['preferences', 'una preferencia como theme, como JSON'],
  ['contacts', 'un contacto compartido, como JSON'],
] as const;
