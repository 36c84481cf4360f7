// Starts the embedded database in a folder and stays, to be killed without warning.
import { startEmbedded } from '../../src/store/embedded-postgres.ts';

const server = await startEmbedded({ folder: process.argv[2], durable: false });
console.log(JSON.stringify({ pid: server.pid, url: server.url('postgres') }));
setInterval(() => {}, 1000);
