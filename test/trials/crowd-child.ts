import { startCrowd, type Behaviour } from '../fakes/pop3-crowd.ts';

/** The POP3 servers of a trial as a process of their own: argv PORT; tells its parent who began a session when. */
let told: [user: string, at: number][] = [];
setInterval(() => {
  if (told.length > 0) process.send?.(told);
  told = [];
}, 100);

/** 127.0.1.x behave; 127.0.2.x do not, each ten of them in their own way. */
function behave(address: string): Behaviour {
  const [, , third, fourth] = address.split('.').map(Number);
  if (third !== 2) return 'good';
  const ways: Behaviour[] = ['silent', 'stalls', 'drips'];
  return ways[Math.floor((fourth ?? 0) / 10)] ?? 'drips';
}

await startCrowd({
  port: Number(process.argv[2]),
  host: '0.0.0.0',
  behave,
  messages: 1,
  delay: 20,
  onSession: (user, at) => told.push([user, at]),
});
process.send?.([]);
