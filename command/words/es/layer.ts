/** Spanish words of the groups `layer` and `policy`. */
export const esLayer = {
  policySetting: 'Ajuste',
  policySet: 'Aquí',
  policyInForce: 'Vigente',
  layerEmpty: 'Aquí no se da nada.',
  layerLocked: 'bloqueado: {why}',
  layerWaiting: '{waiting} de {all} usuarios no tienen todavía el último cambio.',
  layerAdded: 'Se da: {name} ({id})',
  layerChanged: 'Cambiado: {name}',
  layerRemoved: 'Ya no se da: {name}',
} as const;
