// Claims a folder and stays.
import { claimFolder } from '../../../src/store/claim.ts';

claimFolder(process.argv[2], 'http://localhost:3000');
console.log('claimed');
setInterval(() => {}, 1000);
