// A member that dies at its first start and lives at its second: a file tells them apart.
import { existsSync, writeFileSync } from 'node:fs';

const mark = process.env.MARK;
if (existsSync(mark)) {
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => {}, 1000);
  process.send('ready');
} else {
  writeFileSync(mark, '');
  console.error('frail at first');
  process.exitCode = 3;
}
