// What operators do with this part's data while no server works on it: for launch/.
export { migrations } from './migrations/migrations.ts';
