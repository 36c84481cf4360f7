import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { custodianFiles, ensureWitness, keepSecret } from '../src/custody/files.ts';
import { printVerifierKey } from '../src/journal/checkpoint.ts';
import { type Frame, perform } from '../src/kernel/act.ts';
import { theSystem } from '../src/kernel/actor.ts';
import { newId } from '../src/kernel/ids.ts';
import { formCouncil } from '../src/openings/form-council.ts';
import { holdCeremony } from '../src/sealing/ceremony.ts';
import { newAgeIdentity } from '../src/sealing/envelope.ts';
import { sealTrusteeKey } from '../src/sealing/trustee-key.ts';

export const trustees = ['宜昌市公共资源交易中心', '宜昌市公共资源交易监督管理局', '宜昌市夷陵公证处'] as const;
const threshold = 2;
/** A sandbox's passphrases lie beside the keys: a light work factor lets its custodians start at once. */
const workFactor = 12;

export const custodianFolder = (dataDir: string, index: number): string => join(dataDir, 'custodians', String(index));

/**
 * The demonstration's opening council: a key ceremony in one process (which therefore saw every share: a sandbox only), three custodians'
 * folders, and the act that puts the council into use. Does nothing where it has been done.
 */
export async function seedCouncil(frame: Frame, dataDir: string, platform: string): Promise<void> {
  const witnesses = trustees.map((_, at) => ensureWitness(custodianFolder(dataDir, at + 1), `witness-${at + 1}.${platform.split('+')[0]}`));
  const vkeys = witnesses.map(printVerifierKey);
  const last = custodianFiles(custodianFolder(dataDir, trustees.length)).trust;
  if (!existsSync(last)) {
    const { council, shares } = holdCeremony(newId(), '宜昌市开标委员会', [...trustees], threshold);
    for (const share of shares) {
      const files = custodianFiles(custodianFolder(dataDir, share.index));
      const passphrase = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64url');
      const { identity } = await newAgeIdentity();
      keepSecret(files.passphrase, passphrase);
      keepSecret(
        files.key,
        await sealTrusteeKey(
          { council: council.id, index: share.index, signingShare: share.signingShare, identity },
          passphrase,
          workFactor,
        ),
      );
      keepSecret(files.trust, JSON.stringify({ platform, witnesses: vkeys, quorum: threshold, council }));
    }
  }
  const { council } = JSON.parse(readFileSync(last, 'utf8')) as { council: { id: string } };
  const [{ formed } = { formed: false }] = await frame
    .fork()
    .execute<{ formed: boolean }[]>('select exists (select from council where id = ?) as formed', [council.id]);
  if (!formed) await perform(frame, formCouncil, theSystem, { council, witnesses: vkeys });
}
