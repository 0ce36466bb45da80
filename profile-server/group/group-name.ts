import { MailError } from '../../common/errors.ts';
import { foldUserName } from '../user/user-name.ts';

const MAX_LENGTH = 100;

/** A group's name and what it is unique by; MailError `invalid` (`group-name`). */
export function checkGroupName(input: string): { name: string; key: string } {
  const name = input.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (name === '' || Array.from(name).length > MAX_LENGTH || /\p{C}/u.test(name)) {
    throw new MailError('invalid', 'group name refused', {
      field: 'name',
      reason: 'group-name',
      params: { max: MAX_LENGTH },
    });
  }
  return { name, key: foldUserName(name) };
}
