import { parentPort } from 'node:worker_threads';
import { readCertificate } from './certificate.ts';
import { useNative } from './native-node.ts';
import { type Checked, checkPackage, type Job } from './package-node.ts';

/** A thread that checks packages (package-pool-node.ts): one message in, one message out. */
await useNative();
parentPort?.on('message', (job: Job) => void answer(job));

async function answer({ id, path, expected, anchors, at, fields }: Job): Promise<void> {
  try {
    const trusted = anchors.map((der) => {
      const read = readCertificate(der);
      if (!read.ok) throw read.problem;
      return read.certificate;
    });
    const checked: Checked = await checkPackage(path, expected, { anchors: trusted, at, fields });
    parentPort?.postMessage({ id, checked });
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
