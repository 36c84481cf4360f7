import { useChannels } from '../../src/experts/channel.ts';
import '../../src/experts/deliver-messages.ts';
import { useIdentityKeys } from '../../src/experts/identity.ts';
import { frameOf } from '../../src/frame.ts';
import { gatewayChannel } from '../../src/post/gateway.ts';
import { diskFiles } from '../../src/store/files.ts';
import { openIdentityKeys } from '../../src/store/identity-keys.ts';
import { openStore } from '../../src/store/orm.ts';
import { startWorker } from '../../src/worker.ts';

/** A worker of its own process that sends and nothing else: a test kills it while a gateway keeps it waiting. */
const [url = '', folder = '', gateway = '', key = ''] = process.argv.slice(2);
const store = await openStore({ url, poolMax: 4 });
useIdentityKeys(await openIdentityKeys(folder, store.em()));
useChannels([gatewayChannel('sms', { url: gateway, key })], 'http://localhost');
startWorker({ url, frame: frameOf(store), files: await diskFiles(folder), log: (line) => console.log(line), beatMilliseconds: 50 });
