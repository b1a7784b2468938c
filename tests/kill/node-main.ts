/** One real node in a process of its own, to be killed. Prints `up` once it answers. */
import { startNode } from '#src/server/node.ts';

const [home = '', port = '0'] = process.argv.slice(2);
await startNode({ home, port: Number(port), demo: { officers: [], neighbours: [] } });
process.stdout.write('up\n');
// The node dies with the test that started it.
process.stdin.on('end', () => process.exit(0)).resume();
