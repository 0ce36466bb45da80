/** Spanish sentences about what other servers answer to what is sent (common/reply). */
export const esReplies = {
  'recipient-refused/unknown-user': {
    message: 'Esa dirección no existe allí.',
    action: 'Comprueba cómo se escribe, o pide al destinatario la correcta.',
  },
  'recipient-refused/disabled': {
    message: 'El buzón del destinatario está cerrado o desactivado.',
    action: 'Pide al destinatario otra dirección.',
  },
  'recipient-refused/moved': {
    message: 'El buzón del destinatario se ha trasladado.',
    action: 'Pide al destinatario la dirección nueva.',
  },
  'recipient-refused/mailbox-full': {
    message: 'El buzón del destinatario está lleno.',
    action: 'Avísale por otra vía y vuelve a enviar el correo más tarde.',
  },
  'recipient-refused/restricted': {
    message: 'Esa dirección solo acepta correo de ciertos remitentes.',
    action: 'Pide al destinatario que te permita escribirle ahí.',
  },
  'recipient-refused/bad-address': {
    message: 'El servidor del destinatario dice que la dirección está mal escrita.',
    action: 'Comprueba cómo se escribe.',
  },
  'recipient-refused/relay-denied': {
    message: 'El servidor de ese dominio no acepta correo para esa dirección.',
    action:
      'Comprueba lo que va tras la @. Si está bien, solo el proveedor del destinatario puede arreglarlo.',
  },
  'recipient-refused/loop': {
    message: 'El correo a esa dirección da vueltas en círculo.',
    action: 'Solo el proveedor del destinatario puede arreglarlo: avísale por otra vía.',
  },
  'recipient-refused/spam': {
    message: 'El servidor del destinatario considera este correo no deseado.',
    action: 'Escríbelo de otro modo, con menos enlaces, o pide al destinatario que admita tu dirección.',
  },
  'recipient-refused/content': {
    message: 'El servidor del destinatario no admite el contenido de este correo.',
    action: 'Quita adjuntos y enlaces que puedan parecer peligrosos, o comparte el archivo por otra vía.',
  },
  'recipient-refused/virus': {
    message: 'El servidor del destinatario ha encontrado un virus en este correo.',
    action: 'Revisa tu ordenador y los adjuntos antes de volver a enviar.',
  },
  'recipient-refused/format': {
    message: 'El servidor del destinatario rechaza la forma de este correo.',
    action: 'Si lo escribió otro programa, envíalo de nuevo desde aquí.',
  },
  'recipient-refused/mail': {
    message: 'El servidor del destinatario no aceptó el correo.',
    action: 'Su propia línea dice por qué. Si no ayuda, avisa al destinatario por otra vía.',
  },
  'server-error/recipient-busy': {
    message: 'Este destinatario recibe más correo del que su servidor admite ahora.',
    action: 'Se vuelve a intentar solo.',
  },
  'server-error/too-many-recipients': {
    message: 'El servidor admite menos destinatarios a la vez.',
    action: 'Con los demás se vuelve a intentar solo.',
  },
  'server-error/greylisted': {
    message: 'El servidor del destinatario aplaza el correo de remitentes que aún no conoce.',
    action: 'Se vuelve a intentar solo, y casi siempre llega antes de una hora.',
  },
  'server-error/busy': {
    message: 'El servidor del destinatario está ocupado.',
    action: 'Se vuelve a intentar solo.',
  },
  'server-error/lookup': {
    message: 'El servidor del destinatario no pudo consultar un dato.',
    action: 'Si sigue así, avisa al destinatario por otra vía.',
  },
  'server-error/unreachable': {
    message: 'El siguiente servidor no pudo alcanzar el del destinatario.',
    action: 'Si sigue así, avisa al destinatario por otra vía.',
  },
  'server-error/fault': {
    message: 'El servidor del destinatario tiene un fallo propio y rechazó el correo.',
    action: 'Vuelve a enviarlo más tarde, o avisa al destinatario por otra vía.',
  },
  'too-large/for-recipient': {
    message: 'El correo es mayor de lo que acepta el servidor del destinatario.',
    action: 'Reduce los adjuntos, o compártelos por otra vía.',
  },
  'route-refused/blocked-ip': {
    message: 'El servidor del destinatario tiene en una lista de bloqueo la dirección desde la que se envía.',
    action:
      'Envía a través del proveedor de la cuenta, o que el administrador pida que la quiten de la lista.',
  },
  'route-refused/home-network': {
    message: 'El servidor del destinatario no acepta correo desde conexiones domésticas.',
    action: 'Envía a través del proveedor de la cuenta.',
  },
  'route-refused/reputation': {
    message: 'El servidor del destinatario no se fía de la dirección o del dominio desde el que se envía.',
    action: 'Envía a través del proveedor de la cuenta, o vuelve a probar en unos días.',
  },
  'route-refused/reverse-dns': {
    message: 'La dirección desde la que se envía no tiene un nombre correcto en el DNS.',
    action:
      'El administrador debe poner su nombre de DNS inverso. Hasta entonces envía a través del proveedor de la cuenta.',
  },
  'route-refused/helo': {
    message:
      'El servidor del destinatario no acepta el nombre con el que se presenta el servidor de envío de Valija.',
    action: 'El administrador debe darle al servidor de envío su nombre público: VALIJA_RELAY_URL.',
  },
  'route-refused/dmarc': {
    message: 'El dominio de tu dirección prohíbe el correo que llega por esta vía (DMARC).',
    action: 'Envía a través del proveedor de esa cuenta.',
  },
  'route-refused/unauthenticated': {
    message: 'Nada le prueba al servidor del destinatario que el correo viene de tu dominio (SPF, DKIM).',
    action: 'Envía a través del proveedor de esa cuenta, o que el administrador configure SPF y DKIM.',
  },
  'route-refused/sender-not-owned': {
    message: 'El servidor de la cuenta no le permite enviar con esta dirección.',
    action: 'Elige la dirección propia de la cuenta, o autoriza la otra en el sitio web del proveedor.',
  },
  'route-refused/sender-unknown': {
    message: 'El servidor del destinatario no reconoce el dominio o la dirección del remitente.',
    action: 'Comprueba la dirección del remitente, o elige otra.',
  },
  'route-refused/sender-blocked': {
    message: 'El destinatario no quiere correo de tu dirección.',
    action: 'Pídele por otra vía que la admita.',
  },
  'route-refused/account-blocked': {
    message: 'El proveedor ha bloqueado los envíos de esta cuenta.',
    action: 'Entra en el sitio web del proveedor: allí dice qué hacer. El correo espera.',
  },
  'needs-sign-in/app-password': {
    message: 'El proveedor exige una contraseña de aplicación para enviar.',
    action: 'Crea una en su sitio web e introdúcela en la cuenta. El correo espera.',
  },
  'needs-sign-in/use-oauth': {
    message: 'El proveedor ya no acepta contraseñas para enviar.',
    action: 'Entra en la cuenta con tu navegador. El correo espera.',
  },
  'needs-sign-in/smtp-off': {
    message: 'El envío desde programas está desactivado en esta cuenta.',
    action:
      'Activa SMTP en los ajustes del sitio web del proveedor, o pídelo a quien la gestiona. El correo espera.',
  },
  'needs-sign-in/web-login': {
    message: 'El proveedor quiere que entres antes en su sitio web.',
    action: 'Hazlo con un navegador. El correo espera.',
  },
  'too-many-tries/sending-limit': {
    message: 'La cuenta ha enviado todo lo que su proveedor permite por ahora.',
    action: 'El correo saldrá solo más tarde.',
  },
  'too-many-tries/rate-limited': {
    message: 'El servidor del destinatario acepta ahora el correo más despacio.',
    action: 'Se vuelve a intentar solo.',
  },
  'tls/required': {
    message: 'El servidor de correo exige cifrado y no se logró.',
    action: 'Revisa el tipo de cifrado en la cuenta. En el envío directo debe mirarlo el administrador.',
  },
  'protocol/command': {
    message: 'El servidor de correo no entendió una orden.',
    action: 'Se vuelve a intentar solo.',
  },
} as const;
