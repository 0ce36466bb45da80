/** English words of the groups `layer` and `policy`. */
export const enLayer = {
  policySetting: 'Setting',
  policySet: 'Set here',
  policyInForce: 'In force',
  layerEmpty: 'Nothing is given here.',
  layerLocked: 'locked: {why}',
  layerWaiting: '{waiting} of {all} users have not got the last change yet.',
  layerAdded: 'Given: {name} ({id})',
  layerChanged: 'Changed: {name}',
  layerRemoved: 'No longer given: {name}',
} as const;
