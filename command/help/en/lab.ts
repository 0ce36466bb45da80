/** English help for the group `lab`. */
export const enLabSummaries = {
  'lab room list': 'lists rooms of shared computers and how they are used (administrators)',
  'lab room set': 'makes a room or changes it; what is not named stays (administrators)',
  'lab room remove': 'removes a room; what was logged stays (administrators)',
  'lab log': 'shows who signed in at which shared computer (administrators)',
} as const;

export const enLabOptions = {
  network: 'addresses of its computers (10.20.0.0/16); may be repeated',
  forced: 'sessions from there are lab sessions, whatever was chosen',
  'not-forced': 'they are what was chosen',
  room: 'only this room',
  pc: 'only this computer, by its name or address',
  'lab log limit': 'how many, up to 200 (50)',
} as const;
